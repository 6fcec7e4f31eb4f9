const koek = document.querySelector("[data-doelen]");
const look = () => {
  const said = (/(?:^|; )agkeuze=([^;]*)/.exec(document.cookie)?.[1] ?? "").split(".");
  const asked = koek.dataset.doelen.split(" ");
  const yes = asked.filter((purpose) => said.includes(purpose + "y"));
  const answered = asked.every((purpose) => said.includes(purpose + "y") || said.includes(purpose + "n"));
  koek.classList.toggle("koek--open", !answered && !navigator.globalPrivacyControl);
  if (!yes.some((purpose) => purpose[0] === "s"))
    for (const [, name] of document.cookie.matchAll(/(?:^|; )(_ga[^=;]*)/g)) {
      // Analytics sets its cookies as high up as it may, so each level of the name is emptied.
      const labels = location.hostname.split(".");
      document.cookie = `${name}=; Max-Age=0; Path=/`;
      for (let at = 0; at < labels.length - 1; at += 1)
        document.cookie = `${name}=; Max-Age=0; Path=/; Domain=${labels.slice(at).join(".")}`;
    }
  if (yes.length > 0) import("/toestemming.js").then((module) => module.start(koek.dataset, yes));
};
if (koek) {
  look();
  addEventListener("pageshow", (event) => event.persisted && look());
}
