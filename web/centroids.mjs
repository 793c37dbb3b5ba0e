// Prints the middle of each state, by ISO 3166-1 numeric code, as [latitude, longitude]: of its largest part, so that
// overseas parts do not draw it into the sea.

import { readFile } from "node:fs/promises";
import { geoArea, geoCentroid } from "d3-geo";
import { feature } from "topojson-client";

const world = JSON.parse(await readFile(new URL("node_modules/world-atlas/countries-50m.json", import.meta.url)));
const middles = {};
for (const { id, geometry } of feature(world, world.objects.countries).features) {
  if (!id || id in middles) continue;
  const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const shapes = parts.map((coordinates) => ({ type: "Polygon", coordinates }));
  const [lon, lat] = geoCentroid(shapes.reduce((a, b) => (geoArea(b) > geoArea(a) ? b : a)));
  middles[id] = [lat.toFixed(2), lon.toFixed(2)];
}
console.log(JSON.stringify(middles));
