const keys = document.getElementById("keys");
if (keys) {
  keys.parentElement.hidden = false;
  document.addEventListener("keydown", (event) => {
    if (!keys.checked || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { j: 1, k: -1 }[event.key];
    if (!step) return;
    const shown = [...document.querySelectorAll(".finding")].filter((one) => one.offsetParent);
    const here = shown.findIndex((one) => one.contains(document.activeElement));
    const next = here < 0 ? (step > 0 ? 0 : shown.length - 1) : here + step;
    if (!shown[next]) return;
    shown[next].focus();
    shown[next].scrollIntoView({ block: "nearest" });
  });
}
