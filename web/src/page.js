// What every page does beyond its HTML: suggestions for names, the key "/" for the question box, and, on a document's
// page, the tie between a sentence and the cards of what it tells. Without this script every page still works.

const root = document.documentElement.dataset.root;

function suggest(input) {
  const list = document.createElement("datalist");
  list.id = `${input.id}-names`;
  input.after(list);
  input.setAttribute("list", list.id);
  input.autocomplete = "off";
  let waiting, last = "";
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const text = input.value.trim();
      if (text.length < 2 || text === last) return;
      last = text;
      const query = new URLSearchParams({ q: text, kind: input.dataset.suggest });
      const answer = await fetch(`${root}/api/names?${query}`);
      if (!answer.ok || input.value.trim() !== text) return;
      const names = await answer.json();
      list.replaceChildren(...names.map((name) => new Option(name, name)));
    }, 150);
  });
}

// A form sends only what was filled in, so that addresses stay short enough to share.
function shorten(form) {
  form.addEventListener("submit", () => {
    for (const field of form.elements) if (field.name && !field.value && !field.required) field.disabled = true;
  });
  addEventListener("pageshow", () => {
    for (const field of form.elements) field.disabled = false;
  });
}

function tie(text, margin) {
  const show = (ids, on) => {
    for (const id of ids) margin.querySelector(`[id="${id}"]`)?.classList.toggle("lit", on);
  };
  for (const sentence of text.querySelectorAll("[data-reports]")) {
    const ids = sentence.dataset.reports.split(" ");
    for (const [event, on] of [["pointerenter", true], ["pointerleave", false], ["focusin", true], ["focusout", false]])
      sentence.addEventListener(event, () => show(ids, on));
    for (const id of ids) {
      const card = margin.querySelector(`[id="${id}"]`);
      for (const [event, on] of [["pointerenter", true], ["pointerleave", false], ["focusin", true], ["focusout", false]])
        card?.addEventListener(event, () => sentence.classList.toggle("lit", on));
    }
  }
}

document.querySelectorAll("input[data-suggest]").forEach(suggest);
document.querySelectorAll("form.filters").forEach(shorten);
const text = document.querySelector(".reading .text"), margin = document.querySelector(".reading .margin");
if (text && margin) tie(text, margin);

addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const box = document.querySelector("form.question input");
  event.preventDefault();
  if (box) box.focus();
  else location.href = `${root}/ask`;
});
