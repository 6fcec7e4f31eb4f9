//! Paying afterwards on the shop's own invoice, from the payment step to the paid bill, as a browser without script sees it.

use crate::browser::{Answer, Browser, Shop};
use shop_core::order::{OrderNumber, Tracking};

const HERE: &str = "192.0.2.1";
const DETAILS: [(&str, &str); 7] = [
    ("email", "eva@voorbeeld.nl"),
    ("given_name", "Eva"),
    ("family_name", "Bakker"),
    ("postal_code", "7607 AB"),
    ("house", "12"),
    ("street", "Wittem"),
    ("city", "Almelo"),
];

/// One dress, up to the choice of how to pay.
async fn up_to_payment(shop: &Shop, eva: &mut Browser, dress: &str) -> Answer {
    eva.post("/api/cart/add", &[("variant", dress), ("quantity", "1")]).await;
    assert_eq!(eva.post("/api/checkout/details", &DETAILS).await.location, "/afrekenen/betaling");
    shop.at.run_jobs().await;
    eva.get("/afrekenen/betaling").await
}

/// Presses the order button; the page of the order.
async fn orders(eva: &mut Browser) -> Answer {
    assert_eq!(eva.post("/api/checkout/method", &[("method", "invoice")]).await.location, "/afrekenen/controle");
    let address = eva.post("/api/checkout/order", &[("seen_total", "4990")]).await.location;
    assert_eq!(address, "/bestelling/AG100001");
    eva.get(&address).await
}

#[tokio::test]
async fn a_stranger_pays_half_first_and_reads_what_is_owed_until_it_is_paid() {
    let shop = Shop::open().await;
    let number = OrderNumber::of(OrderNumber::FIRST);
    let dress = shop.at.dress(1, 3).await.to_string();
    let mut eva = shop.browser(HERE);

    let payment = up_to_payment(&shop, &mut eva, &dress).await.body;
    assert!(payment.contains("Achteraf op factuur") && payment.contains("value=\"invoice\""), "{payment}");
    assert!(payment.contains("de helft over, €\u{a0}24,95") && payment.contains("Log je eerst in"), "{payment}");
    assert!(!payment.contains(" checked"), "nothing is chosen for her");

    let placed = orders(&mut eva).await.body;
    assert!(placed.contains("Maak het zo over") && placed.contains("€\u{a0}24,95"), "{placed}");
    assert!(placed.contains("Dit is de helft. De rest, €\u{a0}24,95"), "{placed}");
    assert!(!placed.contains("€\u{a0}49,90</strong>"), "the whole is not what she transfers now");

    shop.at.shop.transfer_received("Ineke", &number).await.unwrap();
    let packed = eva.get("/bestelling/AG100001").await.body;
    assert!(
        packed.contains("Akkoord: je betaalt achteraf") && packed.contains("Je betaalt €\u{a0}24,95 achteraf."),
        "{packed}"
    );
    assert!(packed.contains("Helft vooraf betaald") && !packed.contains("Maak het zo over"), "{packed}");

    shop.at.shop.ship("Ineke", &number, Tracking::parse("3SABCD1234567").unwrap()).await.unwrap();
    let sent = eva.get("/bestelling/AG100001").await.body;
    assert!(sent.contains("Maak €\u{a0}24,95 over, uiterlijk op 8 december 2026."), "{sent}");
    assert!(sent.contains("Maak het zo over") && sent.contains("Betaalmethode: Achteraf op factuur"), "{sent}");

    shop.at.shop.transfer_received("Ineke", &number).await.unwrap();
    let paid = eva.get("/bestelling/AG100001").await.body;
    assert!(!paid.contains("Maak het zo over") && paid.contains("Betaald met Achteraf op factuur"), "{paid}");
}

#[tokio::test]
async fn who_signed_in_pays_nothing_first_up_to_the_limit() {
    let shop = Shop::open().await;
    let dress = shop.at.dress(1, 3).await.to_string();
    let mut eva = shop.browser(HERE);
    eva.post("/api/account/send-code", &[("email", "eva@voorbeeld.nl")]).await;
    shop.at.run_jobs().await;
    let mail = shop.at.mails.sent().pop().unwrap().text;
    let code = mail.split(|c: char| !c.is_ascii_digit()).find(|word| word.len() == 6).unwrap().to_owned();
    eva.post("/api/account/enter-code", &[("email", "eva@voorbeeld.nl"), ("code", &code)]).await;

    let payment = up_to_payment(&shop, &mut eva, &dress).await.body;
    assert!(payment.contains("Je betaalt nu niets.") && !payment.contains("Log je eerst in"), "{payment}");
    eva.post("/api/checkout/method", &[("method", "invoice")]).await;
    let review = eva.get("/afrekenen/controle").await.body;
    assert!(review.contains("Je betaalt nu niets."), "{review}");

    let placed = orders(&mut eva).await.body;
    assert!(
        placed.contains("Akkoord: je betaalt achteraf") && placed.contains("Je betaalt €\u{a0}49,90 achteraf."),
        "{placed}"
    );
}

#[tokio::test]
async fn the_terms_say_what_is_true_about_paying_half_at_most() {
    let shop = Shop::open().await;

    let terms = shop.browser(HERE).get("/algemene-voorwaarden").await.body;

    assert!(terms.contains("nooit verplicht meer dan de helft vooruit te betalen"), "{terms}");
    assert!(
        terms.contains("tot en met €\u{a0}150 niets vooraf") && terms.contains("een aanmaning met 14 dagen"),
        "{terms}"
    );
    assert!(!terms.contains("mail of bel ons dan voordat je bestelt"), "{terms}");
}
