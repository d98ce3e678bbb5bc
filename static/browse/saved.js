// Searches kept in this browser (localStorage) and nowhere else: the button on a page of results, and the page that lists them.
const KEY = 'saved-searches';
const MOST = 100;

const load = () => {
  try {
    const held = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(held) ? held.filter((one) => /^\/(?!\/)/.test(one?.url ?? '')) : [];
  } catch {
    return [];
  }
};
const keep = (rows) => {
  try {
    localStorage.setItem(KEY, JSON.stringify(rows.slice(0, MOST)));
    return true;
  } catch {
    return false; // a full or forbidden store: the button says nothing it did not do
  }
};
const made = (name, text, more = {}) => Object.assign(document.createElement(name), { textContent: text }, more);

const button = document.querySelector('#save');
if (button) {
  const url = location.pathname + location.search;
  const show = () => {
    const held = load().some((one) => one.url === url);
    button.textContent = held ? button.dataset.saved : button.dataset.save;
    button.setAttribute('aria-pressed', String(held));
  };
  button.addEventListener('click', () => {
    const rows = load();
    const others = rows.filter((one) => one.url !== url);
    const { words, total, feed } = button.dataset;
    keep(rows.length > others.length ? others : [{ url, words, total, feed, at: new Date().toISOString() }, ...rows]);
    show();
  });
  show();
  button.hidden = false;
}

const list = document.querySelector('#saved');
if (list) {
  document.querySelector('#no-script').hidden = true;
  const draw = () => {
    const rows = load();
    document.querySelector('#none').hidden = rows.length > 0;
    list.replaceChildren(...rows.map((one) => {
      const item = document.createElement('li');
      const now = made('span', '');
      const remove = made('button', list.dataset.remove, { type: 'button' });
      remove.setAttribute('aria-label', `${list.dataset.remove} ${one.words}`);
      remove.addEventListener('click', () => {
        keep(load().filter((other) => other.url !== one.url));
        draw();
      });
      const when = made('span', `${list.dataset.then} ${String(one.at).slice(0, 10)}: ${one.total} ${list.dataset.count}`);
      item.append(made('a', one.words, { href: one.url }), when, now);
      if (/^\/(?!\/)/.test(one.feed ?? '')) item.append(made('a', list.dataset.feed, { href: one.feed }));
      item.append(remove);
      const [, asked = ''] = one.url.split('?');
      fetch(`${list.dataset.receipt}?${asked}`)
        .then((answer) => (answer.ok ? answer.json() : null))
        .then((body) => {
          if (body) now.textContent = `${list.dataset.now}: ${body.found} ${list.dataset.count}`;
        })
        .catch(() => {});
      return item;
    }));
  };
  draw();
}
