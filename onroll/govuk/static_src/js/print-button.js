import { Component } from "govuk-frontend";

// A button that prints the page. It stays hidden where scripts do not run.
export class PrintButton extends Component {
  static moduleName = "onroll-print";

  constructor($root) {
    super($root);
    $root.hidden = false;
    $root.addEventListener("click", () => window.print());
  }
}
