import { Component } from "govuk-frontend";

const SECOND = 1000;

// Warns a signed-in person before the session ends, and lets them stay (WCAG 2.2, criterion 2.2.1).
// The server ends the session whatever happens here; this only gives notice.
export class Timeout extends Component {
  static moduleName = "onroll-timeout";
  static elementType = HTMLDialogElement;

  constructor($root) {
    super($root);
    const { seconds, warn, keepUrl, endUrl } = $root.dataset;
    this.lasts = Number(seconds) * SECOND;
    this.warns = Number(warn) * SECOND;
    this.keepUrl = keepUrl;
    this.endUrl = endUrl;
    this.$left = $root.querySelector("[data-left]");
    $root.querySelector("[data-stay]").addEventListener("click", () => this.stay());
    $root.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.stay();
    });
    // Another tab that is in use keeps this one going too.
    this.tabs = new BroadcastChannel("onroll-session");
    this.tabs.addEventListener("message", () => this.close());
    this.tabs.postMessage("in use");
    this.begin();
    setInterval(() => this.look(), SECOND);
  }

  begin() {
    this.endsAt = Date.now() + this.lasts;
  }

  // By the clock, not by counting: a laptop that slept must not think it has time left.
  look() {
    const left = this.endsAt - Date.now();
    if (left <= 0) window.location.assign(this.endUrl);
    else if (left <= this.warns) this.warn(Math.ceil(left / SECOND));
  }

  warn(seconds) {
    if (!this.$root.open) {
      this.$back = document.activeElement;
      this.$root.showModal();
    }
    const minutes = Math.ceil(seconds / 60);
    const words = seconds > 60 ? `${minutes} minutes` : seconds === 1 ? "1 second" : `${seconds} seconds`;
    // Said aloud each minute, and each 20 seconds in the last one, rather than each second.
    if (seconds > 60 ? this.$left.textContent !== words : seconds % 20 === 0 || !this.$left.textContent) {
      this.$left.textContent = words;
    }
  }

  async stay() {
    const answer = await fetch(this.keepUrl, { credentials: "same-origin", redirect: "manual" }).catch(() => null);
    if (!answer || !answer.ok) {
      window.location.assign(this.endUrl);
      return;
    }
    this.tabs.postMessage("in use");
    this.close();
  }

  close() {
    this.begin();
    if (!this.$root.open) return;
    this.$root.close();
    this.$left.textContent = "";
    if (this.$back instanceof HTMLElement) this.$back.focus();
  }
}
