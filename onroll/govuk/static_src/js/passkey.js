import { Component } from "govuk-frontend";

// Says on the page why a passkey was not made or used; allauth's script tells only the console.
export class Passkey extends Component {
  static moduleName = "onroll-passkey";

  constructor($root) {
    super($root);
    const { stopped, known, failed } = $root.dataset;
    const words = { NotAllowedError: stopped, AbortError: stopped, InvalidStateError: known };
    document.addEventListener("allauth.error", (event) => {
      event.preventDefault();
      $root.hidden = false;
      $root.querySelector("[data-words]").textContent = words[event.detail.exception.name] || failed;
      $root.focus();
    });
  }
}
