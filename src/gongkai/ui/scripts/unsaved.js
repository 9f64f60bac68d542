// Asks before a page is left with something typed and not sent: forms with data-warn. The words are the browser's own.
for (const form of document.querySelectorAll("form[data-warn]")) {
  // Shown again with an error, the form holds what is not saved.
  let unsaved = form.querySelector("[aria-invalid]") !== null;
  form.addEventListener("input", () => { unsaved = true; });
  form.addEventListener("submit", () => { unsaved = false; });
  addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
}
