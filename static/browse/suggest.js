// Suggestions below the search box while typing; without script the box works as ever.
const box = document.getElementById('q');
if (box && window.fetch) {
  const list = document.createElement('datalist');
  list.id = 'q-list';
  box.after(list);
  box.setAttribute('list', list.id);
  let waiting = 0;
  let asked = '';
  const show = (typed, queries, notes) => {
    list.replaceChildren(...queries.map((query, at) => {
      const option = document.createElement('option');
      option.value = query;
      // Browsers hide what does not hold the typed letters: pinyin would find nothing.
      option.label = query.includes(typed) ? notes[at] : `${typed} → ${query} ${notes[at]}`;
      return option;
    }));
  };
  const ask = async () => {
    const typed = box.value.trim();
    if (!typed || typed === asked || typed.length > 40) return;
    asked = typed;
    try {
      const answer = await fetch(`${box.form.dataset.suggest}?q=${encodeURIComponent(typed)}`);
      const [, queries, notes] = answer.ok ? await answer.json() : ['', [], []];
      if (typed === asked) show(typed, queries, notes);
    } catch {
      asked = '';
    }
  };
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 150);
  };
  box.addEventListener('input', (event) => { if (!event.isComposing) soon(); });
  box.addEventListener('compositionend', soon);
}
