//! The page behind a one-time link: choose a password, add the second factor.

use super::layout::{alone, field_error, message};
use leptos::prelude::*;
use shop_flows::manage::{PasswordMistake, Welcome};

/// What is wrong with the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mistakes {
    /// The password.
    pub password: Option<PasswordMistake>,
    /// The code.
    pub code: bool,
}

impl Mistakes {
    const fn any(self) -> bool {
        self.password.is_some() || self.code
    }
}

/// The page. The form goes back to the address it came from.
pub fn page(css: &str, action: String, welcome: Welcome, mistakes: Mistakes) -> String {
    let title = if mistakes.any() { "Fout: welkom" } else { "Welkom" };
    let summary = mistakes.any().then(|| message(false, "Nog niet klaar. Bij het veld staat wat er mist. Kies je wachtwoord opnieuw; dat bewaren we nooit op een pagina.".to_owned()));
    let password_error = mistakes.password.map(|mistake| field_error("wachtwoord-fout", mistake_in(mistake)));
    let code_error = mistakes.code.then(|| {
        field_error(
            "code-fout",
            "Deze code klopt niet. Wacht op de volgende en kijk of de tijd van je telefoon goed staat.",
        )
    });
    let password_described =
        if mistakes.password.is_some() { "wachtwoord-fout wachtwoord-hulp" } else { "wachtwoord-hulp" };
    let totp = welcome.totp;
    let body = view! {
        <div class="stack stack--s">
            <h1 class="fs-4">{["Welkom, ", &welcome.name].concat()}</h1>
            <p class="grijs">"Twee stappen, dan is de winkel van jou: een wachtwoord, en een code van je telefoon."</p>
        </div>
        {summary}
        <form class="stack" method="post" action=action>
            <input r#type="hidden" name="zegel" value=totp.sealed />
            <div class="veld">
                <label r#for="email">"E-mailadres"</label>
                <input class="in" id="email" name="email" r#type="email" autocomplete="username" readonly value=welcome.email />
            </div>
            <div class="veld">
                <label r#for="wachtwoord">"Kies een wachtwoord"</label>
                <input
                    class="in"
                    id="wachtwoord"
                    name="wachtwoord"
                    r#type="password"
                    autocomplete="new-password"
                    minlength="12"
                    maxlength="256"
                    required
                    aria-invalid=mistakes.password.is_some().then_some("true")
                    aria-describedby=password_described
                />
                <p class="hulp" id="wachtwoord-hulp">"Minstens twaalf tekens. Een zin die alleen jij kent is goed; een wachtwoord uit je wachtwoordkluis nog beter."</p>
                {password_error}
            </div>
            <div class="stack stack--s">
                <h2 class="fs-2">"Voeg de winkel toe aan je authenticator-app"</h2>
                // Drawn by our own server from the address below.
                <div class="qr" role="img" aria-label="QR-code voor je authenticator-app" inner_html=totp.qr></div>
                <p class="klein">
                    "Geen camera bij de hand? "<a class="link link--kort" href=totp.uri>"Open je app op dit toestel"</a>" of neem deze sleutel over: "
                    <strong class="nummer breek">{totp.text}</strong>
                </p>
            </div>
            <div class="veld">
                <label r#for="code">"Code uit de app"</label>
                <input
                    class="in nummer"
                    id="code"
                    name="code"
                    r#type="text"
                    inputmode="numeric"
                    autocomplete="one-time-code"
                    maxlength="10"
                    required
                    aria-invalid=mistakes.code.then_some("true")
                    aria-describedby=mistakes.code.then_some("code-fout")
                />
                {code_error}
            </div>
            <button class="btn btn--vol">"Naar mijn winkel"</button>
        </form>
    };
    alone(css, title, body.into_any())
}

/// The link has ended, was used, or never was.
pub fn ended(css: &str) -> String {
    let body = view! {
        <h1 class="fs-4">"Deze link werkt niet meer"</h1>
        <p>"Een link werkt één keer, en 24 uur lang. Op de server geeft het commando "<code>"allgems owner"</code>" een nieuwe."</p>
        <a class="link" href=super::paths::SIGN_IN>
            "Naar inloggen"
        </a>
    };
    alone(css, "Link verlopen", body.into_any())
}

const fn mistake_in(mistake: PasswordMistake) -> &'static str {
    match mistake {
        PasswordMistake::TooShort => "Dit is te kort. Maak er minstens twaalf tekens van.",
        PasswordMistake::TooLong => "Dit is te lang. Tot 256 tekens gaat het goed.",
        PasswordMistake::Guessable => "Dit wachtwoord wordt als eerste geprobeerd. Kies iets dat niemand anders heeft.",
        PasswordMistake::LikeName => "Dit lijkt te veel op je e-mailadres.",
    }
}
