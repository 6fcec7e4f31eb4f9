//! A conversation with the mail server, and reading the mail afterwards.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::time::Duration;

use shop_sandbox::{Sandbox, SandboxConfig};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// Sends the lines and gives the first word of every reply line.
async fn say(stream: &mut BufReader<TcpStream>, text: &str, replies: usize) -> Vec<String> {
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut codes = Vec::new();
    for _ in 0..replies {
        let mut line = String::new();
        stream.read_line(&mut line).await.unwrap();
        assert!(line.ends_with("\r\n"), "{line:?}");
        codes.push(line.trim_end().to_owned());
    }
    codes
}

#[tokio::test]
async fn a_mail_sent_in_one_breath_arrives_without_its_stuffed_dots() {
    let sandbox = Sandbox::start(SandboxConfig::on_free_ports()).await.unwrap();
    let mut stream = BufReader::new(TcpStream::connect(sandbox.smtp_addr()).await.unwrap());
    assert_eq!(say(&mut stream, "", 1).await, ["220 sandbox ESMTP ready"]);
    let greeting = say(&mut stream, "EHLO shop.example\r\n", 5).await;
    assert_eq!(greeting.last().unwrap(), "250 SIZE 10485760");
    assert!(greeting.iter().all(|line| !line.contains("STARTTLS") && !line.contains("AUTH")));

    let envelope = "MAIL FROM:<winkel@shop.example> BODY=8BITMIME\r\nRCPT TO:<sam@mail.example>\r\nDATA\r\n";
    assert_eq!(say(&mut stream, envelope, 3).await, ["250 OK", "250 OK", "354 end with a lone dot"]);
    let message = "From: Winkel <winkel@shop.example>\r\nSubject: =?utf-8?Q?Je_bestelling_is_=E2=9C=93?=\r\n\
        Content-Type: text/plain; charset=utf-8\r\n\r\n..begint met een punt\r\nZoë\r\n.\r\nQUIT\r\n";
    assert_eq!(say(&mut stream, message, 2).await, ["250 OK, kept", "221 goodbye"]);

    let mail = sandbox.mailbox().wait_for("SAM@mail.example", "bestelling", Duration::from_secs(2)).await.unwrap();
    assert_eq!(mail.subject, "Je bestelling is ✓");
    assert_eq!(mail.text, ".begint met een punt\r\nZoë\r\n");
    assert_eq!(mail.to, ["sam@mail.example"]);
    sandbox.stop().await;
}

#[tokio::test]
async fn the_mail_can_be_read_on_a_page_and_as_json() {
    let sandbox = Sandbox::start(SandboxConfig::on_free_ports()).await.unwrap();
    let mut stream = BufReader::new(TcpStream::connect(sandbox.smtp_addr()).await.unwrap());
    say(&mut stream, "", 1).await;
    let all = "HELO shop\r\nMAIL FROM:<>\r\nRCPT TO:<kim@mail.example>\r\nDATA\r\nSubject: <b>Hoi</b>\r\n\
        Content-Type: text/html; charset=utf-8\r\n\r\n<p title=\"x\">Dag</p>\r\n.\r\n";
    say(&mut stream, all, 5).await;
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let get = async |path: &str| {
        client.get(format!("http://{}{path}", sandbox.http_addr())).send().await.unwrap().text().await.unwrap()
    };

    assert!(get("/mail").await.contains("&lt;b&gt;Hoi&lt;/b&gt;"));
    let page = get("/mail/1").await;
    assert!(page.contains("srcdoc=\"&lt;base target=&quot;_blank&quot;&gt;&lt;p title=&quot;x&quot;&gt;Dag&lt;/p&gt;"));
    let list: serde_json::Value = serde_json::from_str(&get("/_sim/mail?to=kim@mail.example").await).unwrap();
    assert_eq!(list[0]["html"].as_str().unwrap().trim_end(), "<p title=\"x\">Dag</p>");
    assert_eq!(get("/_sim/mail?to=iemand-anders").await, "[]");
    client.delete(format!("http://{}/_sim/mail", sandbox.http_addr())).send().await.unwrap();
    assert!(sandbox.mailbox().all().is_empty());
}

#[tokio::test]
async fn waiting_for_a_mail_that_does_not_come_ends() {
    let sandbox = Sandbox::start(SandboxConfig::on_free_ports()).await.unwrap();

    let nothing = sandbox.mailbox().wait_for("sam@mail.example", "", Duration::from_millis(50)).await;

    assert_eq!(nothing, None);
}
