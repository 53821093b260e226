import { Component } from "govuk-frontend";
import { tell } from "./connection.js";

const MOST = 60000; // bytes that a browser surely takes from a page that is left; it stops at 64 KB
const OF_FIELD = 200; // bytes around each field as it is sent
const PATIENCE = 2000;
const LOOKS = 8;
const LEFT = "left"; // until the next page of a form: which version of a page was left with new words

// Keeps what was typed into a page of a form whose reader leaves it by another way than its buttons.
// The server keeps it as "Save and finish later" does; the form itself is sent later, with its own key.
export class Kept extends Component {
  static moduleName = "onroll-kept";
  static elementType = HTMLFormElement;

  constructor($root) {
    super($root);
    this.only = $root.dataset.only;
    this.field = $root.dataset.version;
    this.kept = this.typed();
    $root.addEventListener("formdata", (event) => this.say(event.formData));
    $root.addEventListener("submit", (event) => {
      this.isSent = !event.defaultPrevented;
    });
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("pageshow", (event) => this.comeBack(event));
    window.addEventListener("beforeunload", (event) => this.warn(event));
    window.addEventListener("online", () => this.keep());
    document.addEventListener("visibilitychange", () => document.hidden && this.keep());
    document.addEventListener("click", (event) => this.follow(event));
    this.catchUp();
  }

  leave() {
    if (this.isToKeep) window.sessionStorage.setItem(LEFT, this.shown);
    this.keeping = this.keep(true);
  }

  get shown() {
    return this.version || this.$root.elements[this.field].value;
  }

  // A page that is left and asked for anew at once, by reload, can be older than what is kept of it.
  async catchUp() {
    const left = window.sessionStorage.getItem(LEFT);
    window.sessionStorage.removeItem(LEFT);
    if (left !== this.shown) return;
    for (let look = 0; look < LOOKS && !this.isToKeep; look++) {
      await pause(PATIENCE / LOOKS);
      const answer = await fetch(window.location.href).catch(() => null);
      if (!answer || !answer.ok || (await answer.text()).includes(this.shown)) continue;
      if (!this.isToKeep) window.location.reload();
      return;
    }
  }

  // What this page kept itself is not what another window changed: the form names the newest version.
  // It stands in no field, since a browser would bring an old one back with the page.
  say(data) {
    if (this.version) data.set(this.field, this.version);
  }

  body() {
    const body = new FormData(this.$root);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    return body;
  }

  typed() {
    const body = this.body();
    body.delete(this.field);
    return new URLSearchParams(body).toString();
  }

  get isToKeep() {
    return !this.isSent && this.typed() !== this.kept;
  }

  async keep(isLeft = false) {
    if (!this.isToKeep) return;
    const [before, body] = [this.kept, this.body()];
    this.kept = this.typed();
    body.set(this.only, "yes");
    if (isLeft && !("keepalive" in Request.prototype)) {
      navigator.sendBeacon(window.location.href, body);
      return;
    }
    const asked = { method: "POST", body, credentials: "same-origin", redirect: "manual", keepalive: size(body) < MOST };
    const answer = await fetch(window.location.href, asked).catch(() => null);
    if (answer && answer.ok) this.version = answer.headers.get("Page-Version") || this.version;
    else this.kept = before;
  }

  // A link of the page waits until all is kept, so that the page it leads to knows of it.
  async follow(event) {
    const $link = event.target.closest("a[href]");
    if (!$link || !leads($link, event) || !this.isToKeep) return;
    event.preventDefault();
    await inTime(this.keep());
    if (this.isToKeep && !navigator.onLine) tell($link);
    else window.location.assign($link.href);
  }

  // A page out of the browser's memory may hold less than was kept after it was left. It is asked for
  // anew, once what it held when it was left is kept.
  async comeBack(event) {
    this.isSent = false;
    if (!event.persisted) return;
    await inTime(this.keeping);
    window.location.reload();
  }

  // Too long to be kept once the page is left, or without a connection: the browser asks before it is
  // lost.
  warn(event) {
    const isLost = !navigator.onLine || size(this.body()) >= MOST;
    if (this.isToKeep && isLost) event.preventDefault();
  }
}

function pause(time) {
  return new Promise((resolve) => setTimeout(resolve, time));
}

function inTime(work) {
  return Promise.race([work, pause(PATIENCE)]);
}

function size(body) {
  const bytes = (words) => new TextEncoder().encode(words).length;
  return [...body].reduce((sum, [name, value]) => sum + bytes(name) + bytes(value) + OF_FIELD, 0);
}

function leads($link, event) {
  const isPlain = !event.defaultPrevented && !event.button && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  const isHere = $link.hash && $link.pathname === window.location.pathname;
  return isPlain && !isHere && !$link.target && !$link.hasAttribute("download") && $link.origin === window.location.origin;
}
