// Which files are chosen and how large they are, before they are sent; one that is too large is told at once.
const MB = 2 ** 20;
const size = (bytes) => (bytes < MB ? `${Math.ceil(bytes / 1024)} KB` : `${Number((bytes / MB).toFixed(1))} MB`);

for (const field of document.querySelectorAll("input[type=file]")) {
  const list = document.createElement("ul");
  list.className = "gk-file__chosen";
  list.setAttribute("aria-live", "polite");
  field.after(list);
  const limit = Number(field.dataset.limit) || Infinity;
  const tell = () => {
    list.replaceChildren(...[...field.files].map((file) => {
      const line = document.createElement("li");
      const isLarge = file.size > limit;
      line.textContent = `${file.name}（${size(file.size)}）${isLarge ? `超过 ${size(limit)}，请换一个小一些的文件` : ""}`;
      line.classList.toggle("gk-file__large", isLarge);
      return line;
    }));
  };
  field.addEventListener("change", tell);
  addEventListener("pageshow", tell);
}
