const PATIENCE = 8000;
const WORDS = "not-connected";
// Any file of the service that asks the database nothing: whether the service answers is all that is asked.
const NEAR = import.meta.url;

// A form that is sent without a connection ends on a page of the browser's own, and the way back from
// there has lost what was typed, since no page of the service stays in the browser. So the service is
// asked first whether it answers; if it does not, the page stays as it is and says so.
export function stayWhileCutOff() {
  const ready = new WeakSet();
  const asking = new WeakSet();
  document.addEventListener(
    "submit",
    async (event) => {
      const [form, button] = [event.target, event.submitter];
      if (!canLose(form, button) || ready.delete(form)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (asking.has(form)) return;
      asking.add(form);
      const answers = await reach();
      asking.delete(form);
      if (!answers) return tell(button || form);
      ready.add(form);
      form.requestSubmit(button);
    },
    true,
  );
  window.addEventListener("online", hush);
}

// Puts the words before what was pressed, where its reader looks, and has them read aloud.
export function tell($pressed) {
  hush();
  const $words = document.getElementById(WORDS);
  if (!$words) return;
  const $box = $words.content.firstElementChild.cloneNode(true);
  $box.dataset.cutOff = "";
  ($pressed.closest(".govuk-button-group, a[href]") || $pressed).before($box);
  $box.focus();
}

function hush() {
  for (const $box of document.querySelectorAll("[data-cut-off]")) $box.remove();
}

function canLose(form, button) {
  const method = (button && button.getAttribute("formmethod")) || form.method;
  return method === "post" && !form.target && "requestSubmit" in form && form.querySelector("textarea, select, input:not([type=hidden])");
}

async function reach() {
  if (!navigator.onLine) return false;
  const late = new AbortController();
  const wait = setTimeout(() => late.abort(), PATIENCE);
  const asked = { method: "HEAD", cache: "no-store", credentials: "omit", signal: late.signal };
  const answer = await fetch(NEAR, asked).catch(() => null);
  clearTimeout(wait);
  return answer !== null;
}
