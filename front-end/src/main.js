// Every behaviour looks for its own attributes and does nothing where there are none. What htmx puts into the page is
// brought to life as it arrives.
import { watchAutosave } from "./autosave.js";
import { watchCopying } from "./copy.js";
import { confirmBeforeSending, sendOnce } from "./sending.js";
import { watchDesk } from "./desk.js";
import { watchDialogs } from "./dialog.js";
import { foldOnPhone, takeFocus } from "./arriving.js";
import { sendTokenWithHtmx } from "./token.js";
import { watchMenu } from "./navigation.js";
import { watchPrinting } from "./print.js";
import { watchUploads } from "./upload.js";
import { watchWords } from "./words.js";

const inEveryPart = [watchAutosave, watchCopying, watchDialogs, watchPrinting, watchUploads, watchWords, takeFocus];

confirmBeforeSending();
sendOnce();
sendTokenWithHtmx();
watchMenu();
watchDesk();
foldOnPhone(document);
bringToLife(document);
document.addEventListener("htmx:load", (event) => bringToLife(event.detail.elt));

function bringToLife(part) {
  for (const watch of inEveryPart) watch(part);
}
