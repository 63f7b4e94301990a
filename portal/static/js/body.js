// A place of the drawn body ticks its box in the list, which stays the control.
document.querySelector(".body")?.addEventListener("click", (event) => {
  const place = event.target.closest("[data-place]")?.dataset.place;
  const box = place && document.querySelector(`[data-zone="${place}"]`);
  if (!box) return;
  box.checked = !box.checked;
  box.dispatchEvent(new Event("change", { bubbles: true }));
});

// « Nulle part » and a place exclude each other.
const nowhere = document.querySelector('[name="answer"][value="none"]');
document.addEventListener("change", ({ target }) => {
  if (target === nowhere && nowhere.checked)
    for (const box of document.querySelectorAll("[data-zone]:checked")) box.checked = false;
  else if (target.dataset?.zone && target.checked) nowhere.checked = false;
});
