// Bundles the scripts and the style sheet of the page into kg/server/static, with the licences of what they hold.
// The same sources give the same bytes. `node build.mjs DIR` writes somewhere else, for comparison.

import { build } from "esbuild";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, "../kg/server/static"));
process.chdir(here);

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const { metafile } = await build({
  entryPoints: ["src/page.js", "src/network.js", "src/map.js", "src/editor.js", "src/page.css"],
  outdir: out,
  bundle: true,
  splitting: true,
  format: "esm",
  target: ["es2022"],
  minify: true,
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});
await cp("src/icon.svg", join(out, "icon.svg"));

const packages = new Set(
  Object.keys(metafile.inputs).flatMap((path) => path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? []),
);
const parts = ["What the scripts in this folder bundle, and the licences it is under.\n"];
for (const name of [...packages].sort()) {
  const folder = join("node_modules", name);
  const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  let text = "";
  for (const file of ["LICENSE", "LICENSE.md", "LICENSE.txt"]) {
    text ||= await readFile(join(folder, file), "utf8").catch(() => "");
  }
  if (!text) throw new Error(`${name} has no licence file`);
  parts.push(`${"-".repeat(80)}\n${name} ${version} (${license})\n\n${text.replace(/\r\n/g, "\n").trim()}\n`);
}
await writeFile(join(out, "LICENSES.txt"), parts.join("\n"));
