// Everything here improves a page that already works without it.
import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  FileUpload,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
  Tabs,
  createAll,
} from "govuk-frontend";
import { FilterToggleButton } from "@ministryofjustice/frontend/moj/components/filter-toggle-button/filter-toggle-button.mjs";
import { SortableTable } from "@ministryofjustice/frontend/moj/components/sortable-table/sortable-table.mjs";
import { stayWhileCutOff } from "./connection.js";
import { Kept } from "./kept.js";
import { Passkey } from "./passkey.js";
import { PrintButton } from "./print-button.js";
import { Progress } from "./progress.js";
import { Timeout } from "./timeout.js";

const parts = [
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  FileUpload,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
  SortableTable,
  Tabs,
  Kept,
  Passkey,
  PrintButton,
  Progress,
  Timeout,
];
for (const Part of parts) createAll(Part);
stayWhileCutOff();

// GOV.UK Frontend writes `aria-expanded` on radios, which ARIA 1.2 does not allow there. What a radio
// shows stands right after it, so nothing is lost without; `aria-controls` may stay.
function tidyRadios() {
  for (const radio of document.querySelectorAll("input[type=radio][aria-expanded]")) radio.removeAttribute("aria-expanded");
}
tidyRadios();
for (const event of ["click", "pageshow"]) window.addEventListener(event, tidyRadios);
createAll(FilterToggleButton, {
  bigModeMediaQuery: "(min-width: 48.0625em)",
  startHidden: false, // small screens start with it closed all the same; wide ones would lose it
  toggleButton: { showText: "Show filters", hideText: "Hide filters", classes: "govuk-button--secondary" },
});
