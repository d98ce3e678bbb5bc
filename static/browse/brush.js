// Drag across the histogram to choose a span of months; the two fields beside it do the same without script.
const svg = document.querySelector('.histbox .hist');
const form = document.querySelector('form.span');
if (svg && form && window.PointerEvent) {
  const bars = [...svg.querySelectorAll('a')];
  const [year, number] = svg.dataset.first.split('-').map(Number);
  const month = (event) => {
    const box = svg.getBoundingClientRect();
    const slot = Math.floor(((event.clientX - box.left) / box.width) * svg.dataset.months);
    const at = year * 12 + number - 1 + Math.min(Math.max(slot, 0), svg.dataset.months - 1);
    return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}`;
  };
  let first = '';
  let last = '';
  svg.addEventListener('dragstart', (event) => event.preventDefault());
  svg.addEventListener('pointerdown', (event) => {
    if (event.button === 0 && event.pointerType !== 'touch') first = last = month(event);
  });
  window.addEventListener('pointermove', (event) => {
    const now = first && month(event);
    if (!now || now === last) return;
    last = now;
    const span = [first, last].sort();
    form.elements.from.value = span[0];
    form.elements.to.value = span[1];
    for (const bar of bars) bar.classList.toggle('in', bar.dataset.month >= span[0] && bar.dataset.month <= span[1]);
  });
  window.addEventListener('pointerup', () => {
    if (first && last !== first) form.requestSubmit();
    first = last = '';
  });
}
