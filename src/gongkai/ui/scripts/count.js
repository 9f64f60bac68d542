// How many characters are written, beside fields that tell the most they take (data-limit).
// Counted as the server counts: ends left out, a line end is two, a character outside the basic plane is one.
const length = (text) => [...text.trim().replace(/\r?\n/g, "\r\n")].length;

const told = (written, limit) =>
  written > limit ? `已写 ${written} 字，超出 ${written - limit} 字，最多 ${limit} 字` : `已写 ${written} 字，最多 ${limit} 字`;

for (const field of document.querySelectorAll("[data-limit]:not([type=file])")) {
  const limit = Number(field.dataset.limit);
  const shown = document.getElementById(`${field.id}-limit`);
  const spoken = shown.cloneNode();
  spoken.removeAttribute("id");
  spoken.className = "gk-visually-hidden";
  spoken.setAttribute("role", "status");
  shown.after(spoken);
  let pause;
  const tell = () => {
    const written = length(field.value);
    shown.textContent = told(written, limit);
    shown.classList.toggle("gk-field__limit--over", written > limit);
    clearTimeout(pause);
    // Spoken once the writer rests, and only when the end is near.
    pause = setTimeout(() => { spoken.textContent = written > limit * 0.9 ? told(written, limit) : ""; }, 1000);
  };
  field.addEventListener("input", tell);
  addEventListener("pageshow", tell);
}
