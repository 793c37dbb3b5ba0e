// The SPARQL editor: CodeMirror over the form's text box, completion of the ontology's terms, results as a table.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, startCompletion } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab, temporarilySetTabFocusMode } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers, placeholder } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const root = document.documentElement.dataset.root;
const KEYWORDS = `SELECT CONSTRUCT DESCRIBE ASK WHERE FROM NAMED PREFIX BASE DISTINCT REDUCED GRAPH OPTIONAL UNION MINUS
  FILTER BIND VALUES UNDEF EXISTS GROUP HAVING ORDER BY ASC DESC LIMIT OFFSET COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT
  SEPARATOR BOUND STR LANG DATATYPE IRI REGEX CONTAINS STRSTARTS STRENDS LCASE UCASE YEAR MONTH DAY IF COALESCE CONCAT
  REPLACE SUBSTR STRLEN isIRI isLiteral`.split(/\s+/).map((label) => ({ label, type: "keyword", boost: -2 }));

const colours = HighlightStyle.define(
  [
    [[tags.keyword, tags.operatorKeyword], "keyword"], [[tags.string, tags.special(tags.string)], "string"],
    [tags.comment, "comment"], [[tags.variableName, tags.special(tags.variableName)], "variable"],
    [[tags.atom, tags.number, tags.bool], "atom"], [[tags.tagName, tags.propertyName, tags.typeName, tags.namespace], "term"],
    [tags.bracket, "bracket"],
  ].map(([tag, name]) => ({ tag, class: `tok-${name}` })),
);

function edit(form) {
  const box = form.querySelector("textarea"), message = document.querySelector("[data-message]");
  const results = document.querySelector("[data-results]"), exports = form.querySelector(".exports");
  const vocabulary = fetch(`${root}/api/terms`).then((answer) => answer.json());
  const view = new EditorView({
    parent: form,
    state: EditorState.create({
      doc: box.value,
      extensions: [
        lineNumbers(), history(), drawSelection(), bracketMatching(), closeBrackets(), highlightActiveLine(),
        EditorView.lineWrapping, StreamLanguage.define(sparql), syntaxHighlighting(colours),
        placeholder("SELECT ..."),
        autocompletion({ override: [(context) => complete(context, vocabulary)] }),
        keymap.of([
          { key: "Mod-Enter", run: () => (run(), true) },
          { key: "Ctrl-Space", run: startCompletion },
          { key: "Escape", run: (view) => (temporarilySetTabFocusMode(view), false) },
          ...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab,
        ]),
        EditorView.contentAttributes.of({ "aria-label": "SPARQL query", "aria-describedby": "query-help" }),
      ],
    }),
  });
  box.after(view.dom);
  box.hidden = true;
  box.required = false;
  document.querySelector("#query-label").addEventListener("click", () => view.focus());
  exports.hidden = false;

  const send = async (accept) => {
    const query = await prefixed(view.state.doc.toString(), vocabulary);
    return fetch(form.action, {
      method: "POST", body: query, headers: { "Content-Type": "application/sparql-query", Accept: accept },
    });
  };
  async function run() {
    message.textContent = "Running…";
    results.hidden = true;
    const started = performance.now();
    try {
      const answer = await send("application/sparql-results+json, text/turtle;q=0.9");
      const text = await answer.text();
      if (!answer.ok) return fail(text.trim() || answer.statusText);
      const took = `${Math.round(performance.now() - started)} ms`;
      if (!answer.headers.get("Content-Type").includes("json")) show(results, element("pre", {}, text), message, `Triples, ${took}.`);
      else table(JSON.parse(text), results, message, took);
    } catch (error) {
      fail(error.message);
    }
  }
  function fail(text) {
    message.classList.add("error");
    message.textContent = plain(text);
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    message.classList.remove("error");
    run();
  });
  exports.addEventListener("click", async ({ target }) => {
    if (!target.dataset.type) return;
    message.classList.remove("error");
    const answer = await send(target.dataset.type);
    if (!answer.ok) return fail((await answer.text()) || answer.statusText);
    const link = element("a", { href: URL.createObjectURL(await answer.blob()), download: `result.${target.dataset.ending}` });
    link.click();
    URL.revokeObjectURL(link.href);
    message.textContent = `Saved result.${target.dataset.ending}.`;
  });
  if (new URLSearchParams(location.search).has("run")) run();
}

// An error may be JSON of one message, or text.
function plain(text) {
  try {
    const { error, message } = JSON.parse(text);
    return error ?? message ?? text;
  } catch {
    return text;
  }
}

function used(text, name) {
  return new RegExp(`(^|[^\\w:?$])${name}:`).test(text.replace(/<[^>]*>|"[^"]*"/g, ""));
}

async function prefixed(text, vocabulary) {
  const { prefixes } = await vocabulary;
  const declared = new Set([...text.matchAll(/\bPREFIX\s+([\w-]*):/gi)].map((match) => match[1]));
  const missing = Object.entries(prefixes).filter(([name]) => !declared.has(name) && used(text, name));
  return missing.map(([name, iri]) => `PREFIX ${name}: <${iri}> `).join("") + text;
}

async function complete(context, vocabulary) {
  const variable = context.matchBefore(/[?$]\w*/);
  if (variable) {
    const names = new Set(context.state.doc.toString().match(/[?$]\w+/g));
    names.delete(variable.text);
    return { from: variable.from, options: [...names].sort().map((label) => ({ label, type: "variable" })), validFor: /^[?$]\w*$/ };
  }
  const word = context.matchBefore(/[\w-]*:?[\w-]*/);
  if (!word || (word.from === word.to && !context.explicit)) return null;
  const { terms, prefixes } = await vocabulary;
  const options = terms.map(({ name, label, definition, sort }) => ({
    label: name, detail: label, info: definition ?? undefined, type: sort === "class" ? "class" : "property",
  }));
  const names = Object.keys(prefixes).map((name) => ({ label: `${name}:`, detail: prefixes[name], type: "namespace", boost: -1 }));
  return { from: word.from, options: [...options, ...names, ...KEYWORDS], validFor: /^[\w-]*:?[\w-]*$/ };
}

const MOST_ROWS = 1000;

function table(answer, results, message, took) {
  if ("boolean" in answer) return show(results, element("p", { className: "sentence" }, answer.boolean ? "Yes." : "No."), message, took);
  const variables = answer.head.vars, rows = answer.results.bindings;
  const head = element("tr", {}, ...variables.map((name) => element("th", { scope: "col" }, name)));
  const body = rows.slice(0, MOST_ROWS).map((row) => element("tr", {}, ...variables.map((name) => element("td", {}, ...cell(row[name])))));
  const made = element("table", {}, element("thead", {}, head), element("tbody", {}, ...body));
  const cut = rows.length > MOST_ROWS ? ` The first ${MOST_ROWS} are shown; a download holds all.` : "";
  show(results, made, message, `${rows.length} row${rows.length === 1 ? "" : "s"}, ${took}.${cut}`);
}

const BASE = "https://w3id.org/conflict-diplomacy/";

function cell(term) {
  if (!term) return [];
  if (term.type !== "uri") return [term.value];
  const local = term.value.startsWith(BASE);
  const href = local ? `${root}/${term.value.slice(BASE.length)}` : term.value;
  return /^https?:/.test(term.value) ? [element("a", { href }, local ? decodeURIComponent(term.value.slice(BASE.length)) : term.value)] : [term.value];
}

function show(results, content, message, text) {
  results.replaceChildren(content);
  results.hidden = false;
  message.textContent = text;
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

const form = document.querySelector("[data-editor]");
if (form) edit(form);
