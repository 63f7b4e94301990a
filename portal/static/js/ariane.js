// A few courtesies; every page is complete without them.

// The summary of errors takes the focus, so that a keyboard or a screen reader starts there.
document.querySelector("[data-focus]")?.focus();

// A form is sent once: its button says so, and comes back with the page, or after a while
// (a download leaves the page where it is).
const sent = new Map();
const give_back = () => {
  for (const [button, nodes] of sent) {
    button.disabled = false;
    button.replaceChildren(...nodes);
  }
  sent.clear();
};
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button?.matches(".btn") || event.defaultPrevented || event.target.method !== "post") return;
  setTimeout(() => {
    sent.set(button, [...button.childNodes]);
    button.disabled = true;
    button.replaceChildren(document.documentElement.lang === "en" ? "Sending…" : "Envoi…");
    setTimeout(give_back, 10_000);
  });
});
addEventListener("pageshow", give_back);

// Going back or reloading, a browser puts back what was chosen, not what was said of it: ask again.
addEventListener("pageshow", (event) => {
  const [arrival] = performance.getEntriesByType("navigation");
  if (!event.persisted && !["back_forward", "reload"].includes(arrival?.type)) return;
  document.querySelector("form[hx-trigger=change]")?.dispatchEvent(new Event("change"));
});

// What is typed while an answer is on its way stays typed: a form that would be replaced by a late
// answer keeps itself, and asks again at its next change.
const touched = new WeakSet();
document.addEventListener("input", (event) => event.target.form && touched.add(event.target.form));
document.addEventListener("htmx:beforeRequest", (event) => touched.delete(event.detail.elt));
document.addEventListener("htmx:beforeSwap", (event) => {
  const { requestConfig, target } = event.detail;
  if (target === requestConfig.elt && touched.has(target)) event.detail.shouldSwap = false;
});

// A passkey that does not answer: say so where one pressed.
document.addEventListener("allauth.error", (event) => {
  for (const line of document.querySelectorAll("[data-key-error]")) {
    line.hidden = false;
    event.preventDefault(); // told here, it is no error of the console
  }
});

// The menu « Plus » closes when one leaves it.
const open_menu = () => document.querySelector(".mainnav details[open]");
document.addEventListener("click", (event) => {
  const menu = open_menu();
  if (menu && !menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && open_menu();
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
