// How far a file has come: asks for the figures every few seconds, and shows the page anew at the end.
import { Component } from "govuk-frontend";

const PAUSE = 3000;
const MOST = 200; // about ten minutes; then the reader may ask again with the link

export class Progress extends Component {
  static moduleName = "onroll-progress";

  constructor($root) {
    super($root);
    this.$words = $root.querySelector("[data-words]");
    this.$bar = $root.querySelector("progress");
    this.asked = 0;
    this.later();
  }

  later() {
    if (this.asked++ < MOST) setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    if (document.hidden) return this.later();
    const answer = await fetch(this.$root.dataset.url, { credentials: "same-origin", redirect: "manual" }).catch(() => null);
    if (!answer || !answer.ok) return;
    const said = await answer.json();
    if (!said.is_working) {
      window.location.reload();
      return;
    }
    if (said.of) {
      this.$bar.max = said.of;
      this.$bar.value = said.done;
      this.$words.textContent = `${said.done} of ${said.of} records read so far.`;
    }
    this.later();
  }
}
