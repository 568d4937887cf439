// What the Tab key should come to: everything in sight that can be worked, one of a group with a roving focus. Each gets a
// number, so that a walk can say which it came to.
() => {
  const found = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex], canvas[tabindex]")]
    .filter(e => !e.disabled && e.tabIndex >= 0 && e.checkVisibility({visibilityProperty: true}) && !e.closest("[inert]"));
  found.forEach((e, n) => { e.dataset.reach = n; });
  return found.length;
}
