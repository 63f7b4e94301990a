// Three courtesies; every page is complete without them.

// The summary of errors takes the focus, so that a keyboard or a screen reader starts there.
document.querySelector("[data-focus]")?.focus();

// A form is sent once: its button says so, and comes back with the page.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button || event.defaultPrevented || event.target.method !== "post") return;
  setTimeout(() => {
    button.dataset.label = button.textContent;
    button.disabled = true;
    if (button.matches(".btn")) button.textContent = document.documentElement.lang === "en" ? "Sending…" : "Envoi…";
  });
});
addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("button[data-label]")) {
    button.disabled = false;
    if (button.matches(".btn")) button.textContent = button.dataset.label;
    delete button.dataset.label;
  }
});

// The menu « Plus » closes when one leaves it.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(".mainnav details[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector(".mainnav details[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
