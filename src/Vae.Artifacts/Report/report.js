(() => {
  // Closed parts are left out of a print; of the spec, the whole of it belongs there.
  const spec = document.querySelector('#spec details:last-of-type');
  let opened = false;
  addEventListener('beforeprint', () => { opened = !spec.open; spec.open = true; });
  addEventListener('afterprint', () => { spec.open = !opened; });

  // The value under the pointer, at once in the place of a tool tip after a while.
  const box = document.getElementById('hint');
  for (const place of document.querySelectorAll('.hint')) {
    const title = place.querySelector('title');
    const text = title.textContent;
    title.remove();
    place.addEventListener('pointermove', event => {
      box.textContent = text;
      box.hidden = false;
      const room = document.documentElement.clientWidth - box.offsetWidth - 8;
      box.style.left = Math.max(8, Math.min(event.clientX + 14, room)) + 'px';
      box.style.top = Math.max(8, event.clientY - box.offsetHeight - 12) + 'px';
    });
    place.addEventListener('pointerleave', () => { box.hidden = true; });
  }
})();
