// What both pages need: building elements and asking again and again.

/** An element with properties and children; text is never read as HTML. */
export function element(name, properties = {}, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children.filter((child) => child !== null));
  return node;
}

/** Calls show with the JSON at the path now and whenever it has changed; looks once a second while the page is seen. */
export function watch(path, show, problem) {
  let last = '';
  const look = async () => {
    if (!document.hidden) {
      try {
        const response = await fetch(path());
        const text = await response.text();
        if (!response.ok) {
          throw new Error(`the server answered ${response.status}`);
        }
        problem('');
        if (text !== last) {
          last = text;
          keepingFocus(() => show(JSON.parse(text)));
        }
      } catch (error) {
        problem(`Not up to date: ${error.message}`);
      }
    }
    setTimeout(look, 1000);
  };
  look();
}

function keepingFocus(change) {
  const id = document.activeElement?.id;
  change();
  if (id) {
    document.getElementById(id)?.focus({ preventScroll: true });
  }
}
