// Runs before the first paint: the theme a person chose, if they did; else the device's own.
try {
  const theme = localStorage.getItem("theme");
  if (theme) document.documentElement.dataset.bsTheme = theme;
} catch {
  // Storage can be switched off; then the device decides.
}
