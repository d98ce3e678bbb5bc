// Single keys for the review queue; without this script Tab, Enter and the access keys do the same.
const cards = [...document.querySelectorAll('.doubt')];
let now = 0;
const go = (place) => {
  now = Math.max(0, Math.min(cards.length - 1, place));
  cards[now]?.focus();
  cards[now]?.scrollIntoView({ block: 'nearest' });
};
const press = (act) => cards[now]?.querySelector(`button.button[value="${act}"]`)?.click();
document.addEventListener('focusin', (event) => {
  const place = cards.findIndex((card) => card.contains(event.target));
  if (place >= 0) now = place;
});
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  const typing = event.target.matches('input:not([type="checkbox"]), textarea, select');
  if (typing) {
    if (event.key === 'Escape') cards[now]?.focus();
    return;
  }
  const acts = {
    j: () => go(now + 1),
    k: () => go(now - 1),
    a: () => press('accept'),
    u: () => press('unknown'),
    e: () => cards[now]?.querySelector('input[name="value"]')?.focus(),
    x: () => cards[now]?.querySelector('input[type="checkbox"]')?.click(),
  };
  if (acts[event.key]) {
    event.preventDefault();
    acts[event.key]();
  }
});
// The one that follows what was decided; the first, where there is none.
const next = cards.find((card) => `#${card.id}` === location.hash);
if (next || document.querySelector('input[autofocus]')) go(next ? cards.indexOf(next) : 0);
