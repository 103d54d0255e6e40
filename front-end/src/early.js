// Runs before the page is drawn, so that nothing jumps: styles may ask whether scripts run.
document.documentElement.classList.add("has-scripts");
