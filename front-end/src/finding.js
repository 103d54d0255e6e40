// Elements of a part of the page, the part itself included, each only once for each purpose.
export function each(part, selector, purpose, act) {
  const found = [...part.querySelectorAll(selector)];
  if (part.matches?.(selector)) found.unshift(part);
  for (const element of found) {
    const mark = `alive${purpose}`;
    if (element.dataset[mark]) continue;
    element.dataset[mark] = "yes";
    act(element);
  }
}
