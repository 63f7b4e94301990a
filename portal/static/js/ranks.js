// Taking a rank that is taken swaps the two: an order stays an order.
for (const list of document.querySelectorAll("[data-ranks]")) {
  const ranks = [...list.querySelectorAll("select")];
  const before = new Map(ranks.map((rank) => [rank, rank.value]));
  list.addEventListener("change", ({ target }) => {
    const other = ranks.find((rank) => rank !== target && rank.value && rank.value === target.value);
    if (other) {
      other.value = before.get(target);
      before.set(other, other.value);
    }
    before.set(target, target.value);
  });
}
