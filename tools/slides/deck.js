// Shows one slide at a time; a demo is loaded when its slide is, and goes with it. What the teacher alone
// should see is in a window of its own.
const slides = [...document.querySelectorAll('section')];
const at = document.querySelector('nav output');
let now = 0;
let notes = null;

function show(n) {
  now = Math.max(0, Math.min(slides.length - 1, n));
  slides.forEach((slide, i) => {
    slide.classList.toggle('now', i === now);
    const frame = slide.querySelector('iframe');
    if (frame === null) return;
    if (i !== now) frame.removeAttribute('src');
    else if (!frame.hasAttribute('src')) frame.src = frame.dataset.src;
  });
  at.textContent = `${now + 1} / ${slides.length}`;
  history.replaceState(null, '', `#${now + 1}`);
  tell();
}

function tell() {
  if (notes === null || notes.closed) return;
  const { body } = notes.document;
  body.replaceChildren();
  body.style.font = '20px/1.5 system-ui, sans-serif';
  const lines = [
    at.textContent,
    ...[...slides[now].querySelectorAll('aside p')].map((p) => p.textContent),
  ];
  for (const line of lines) {
    const p = notes.document.createElement('p');
    p.textContent = line;
    body.append(p);
  }
}

function openNotes() {
  notes = open('', 'loopscope-notes', 'width=700,height=600');
  if (notes === null) return;
  notes.document.title = document.title;
  notes.document.addEventListener('keydown', onKey);
  tell();
}

function onKey({ key, ctrlKey, metaKey, altKey, target }) {
  if (ctrlKey || metaKey || altKey || (target.tagName === 'BUTTON' && key === ' ')) return;
  if (['ArrowRight', 'ArrowDown', 'PageDown', ' ', 'Enter'].includes(key)) show(now + 1);
  else if (['ArrowLeft', 'ArrowUp', 'PageUp', 'Backspace'].includes(key)) show(now - 1);
  else if (key === 'Home') show(0);
  else if (key === 'End') show(slides.length - 1);
  else if (key === 'n') openNotes();
  else if (key === 'f') document.documentElement.requestFullscreen();
}

document.addEventListener('keydown', onKey);
document.querySelector('.back').addEventListener('click', () => show(now - 1));
document.querySelector('.on').addEventListener('click', () => show(now + 1));
document.querySelector('.notes').addEventListener('click', openNotes);
addEventListener('hashchange', () => show(Number(location.hash.slice(1)) - 1 || 0));
show(Number(location.hash.slice(1)) - 1 || 0);
