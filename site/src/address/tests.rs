use super::*;
use proptest::prelude::*;

fn refused(url: &str) -> AddressRefusal {
    permit_url(url, &Allowed::default()).expect_err(url)
}

#[test]
fn every_spelling_of_an_inside_address_is_refused() {
    let hosts = include_str!("inside.txt").lines().filter(|line| !line.is_empty() && !line.starts_with("# "));
    let mut seen = 0;
    for host in hosts {
        for url in [format!("https://{host}/"), format!("https://{host}:8443/x?y"), format!("HTTPS://{host}")]
        {
            refused(&url);
        }
        seen += 1;
    }
    assert!(seen >= 80, "only {seen} hosts in inside.txt");
}

#[test]
fn addresses_that_programs_read_differently_are_refused() {
    let cases: &[(&str, AddressRefusal)] = &[
        ("https://user:pw@desk.example.vn/", AddressRefusal::Credentials),
        ("https://desk.example.vn@127.0.0.1/", AddressRefusal::Credentials),
        ("https://127.0.0.1\\@desk.example.vn/", AddressRefusal::Credentials),
        ("https://desk.example.vn\\.evil.vn/", AddressRefusal::Characters),
        ("https://desk.example.vn /", AddressRefusal::Characters),
        ("https://desk.example.vn/\n", AddressRefusal::Characters),
        ("https://desk.%65xample.vn/", AddressRefusal::Characters),
        ("https://１２７.0.0.1/", AddressRefusal::Characters),
        ("https://ⓛocalhost/", AddressRefusal::Characters),
        ("https://127。0。0。1/", AddressRefusal::Characters),
        ("https://desk.example.vn./", AddressRefusal::Dot),
        ("https://desk.example.vn:0/", AddressRefusal::Port),
        ("https://desk.example.vn:65536/", AddressRefusal::Port),
        ("https://desk.example.vn:0443/", AddressRefusal::Port),
        ("https://desk.example.vn:+443/", AddressRefusal::Port),
        ("https://desk.example.vn:/", AddressRefusal::Port),
        ("https://desk.example.vn:22/", AddressRefusal::Port),
        ("https://desk.example.vn/#a", AddressRefusal::Fragment),
        ("http://desk.example.vn/", AddressRefusal::Plain),
        ("https://", AddressRefusal::NoAddress),
        ("https:///desk", AddressRefusal::NoAddress),
        ("https:desk.example.vn", AddressRefusal::NoAddress),
        ("//desk.example.vn/", AddressRefusal::NoAddress),
        ("file:///etc/passwd", AddressRefusal::NoAddress),
        ("gopher://desk.example.vn/", AddressRefusal::NoAddress),
        ("javascript://desk.example.vn/", AddressRefusal::NoAddress),
        (" https://desk.example.vn/", AddressRefusal::NoAddress),
        ("https://a..vn/", AddressRefusal::NoAddress),
        ("https://-a.vn/", AddressRefusal::NoAddress),
        ("https://[::1/", AddressRefusal::Characters),
        ("https://[fe80::1%25eth0]/", AddressRefusal::Number),
        ("https://[2606:4700::1111]x/", AddressRefusal::Characters),
    ];
    for (url, expected) in cases {
        assert_eq!(refused(url), *expected, "{url}");
    }
    refused(&format!("https://desk.example.vn/{}", "x".repeat(MAX_URL_BYTES)));
}

#[test]
fn public_addresses_are_let_through() {
    for url in [
        "https://desk.example.gov.vn",
        "https://desk.example.gov.vn/a/b?c=d%20e",
        "HTTPS://Desk.Example.GOV.vn:8443/",
        "https://xn--phng-bn-xun-pcb.vn/",
        "https://1.1.1.1/",
        "https://[2606:4700:4700::1111]:443/v1",
        "https://8.8.8.8.example.vn/",
        "https://notlocalhost.vn/",
        "https://0x7f.example/",
    ] {
        assert!(permit_url(url, &Allowed::default()).is_ok(), "{url}");
    }
}

#[test]
fn the_list_is_exact() {
    let list = Allowed::read_list(
        "127.0.0.1:8790, desk.lan [fd00::1]:8443\nhttps://x.lan user@y.lan:80 z.lan/ 0x7f.1:80",
    );
    for (url, expected) in [
        ("http://127.0.0.1:8790/", true),
        ("https://127.0.0.1:8790/", true),
        ("http://127.0.0.1/", false),
        ("http://127.0.0.2:8790/", false),
        ("http://localhost:8790/", false),
        ("http://desk.lan/", true),
        ("https://desk.lan/x", true),
        ("https://DESK.lan:443/", true),
        ("https://desk.lan:8443/", false),
        ("https://a.desk.lan/", false),
        ("https://[fd00:0::0001]:8443/", true),
        ("https://x.lan/", false),
        ("http://y.lan/", false),
        ("http://z.lan/", false),
        ("http://0x7f.1/", false),
        ("http://a@desk.lan/", false),
        ("http://desk.lan./", false),
    ] {
        assert_eq!(permit_url(url, &list).is_ok(), expected, "{url}");
    }
}

/// One IPv4 address in a spelling that some program understands.
fn spelling(address: u32, style: usize) -> String {
    let [a, b, c, d] = address.to_be_bytes();
    match style {
        0 => format!("{a}.{b}.{c}.{d}"),
        1 => format!("{address}"),
        2 => format!("0x{address:x}"),
        3 => format!("0{address:o}"),
        4 => format!("0x{a:x}.0x{b:x}.0x{c:x}.0x{d:x}"),
        5 => format!("0{a:o}.0{b:o}.0{c:o}.0{d:o}"),
        6 => format!("{a}.{}", address & 0x00ff_ffff),
        7 => format!("{a}.{b}.{}", address & 0xffff),
        8 => format!("{a}.{b}.{c}.{d}."),
        9 => format!("00{a}.{b}.{c}.{d}"),
        10 => format!("[::ffff:{a}.{b}.{c}.{d}]"),
        11 => format!("[::ffff:{:x}:{:x}]", address >> 16, address & 0xffff),
        12 => format!("[64:ff9b::{a}.{b}.{c}.{d}]"),
        13 => format!("[2002:{:x}:{:x}::1]", address >> 16, address & 0xffff),
        14 => format!("[::{a}.{b}.{c}.{d}]"),
        15 => format!("{a}.{b}.{c}.{d}").replace('.', "。"),
        16 => format!("{a}.{b}.{c}.{d}").chars().map(fullwidth).collect(),
        17 => format!("{a}.{b}.{c}.{d}.nip.io"),
        18 => format!("0X{a:X}.{b}.{c}.{d}"),
        _ => format!("%{:x}{b}.{c}.{d}", a),
    }
}

fn fullwidth(c: char) -> char {
    c.to_digit(10).and_then(|digit| char::from_u32(0xff10 + digit)).unwrap_or(c)
}

proptest! {
    #[test]
    fn inside_numbers_are_refused_in_every_spelling(low in any::<u32>(), net in 0usize..9, style in 0usize..20) {
        let (net, mask): (u32, u32) = [
            (0x7f00_0000, 0x00ff_ffff), (0x0a00_0000, 0x00ff_ffff), (0xac10_0000, 0x000f_ffff),
            (0xc0a8_0000, 0x0000_ffff), (0xa9fe_0000, 0x0000_ffff), (0x6440_0000, 0x003f_ffff),
            (0xe000_0000, 0x0fff_ffff), (0x0000_0000, 0x00ff_ffff), (0xf000_0000, 0x0fff_ffff),
        ][net];
        let host = spelling(net | (low & mask), style);
        let url = format!("https://{host}/");
        prop_assert!(permit_url(&url, &Allowed::default()).is_err(), "{}", url);
    }

    #[test]
    fn other_spellings_than_the_plain_one_are_refused_for_public_numbers_too(low in any::<u32>(), style in 1usize..20) {
        // What reads as a name of the public internet is one, whatever digits stand in it.
        let host = spelling(0x0808_0000 | (low & 0xffff), style);
        prop_assert!(permit_url(&format!("https://{host}/"), &Allowed::default()).is_err(), "{}", host);
    }

    #[test]
    fn nothing_makes_it_panic_and_what_passes_reads_the_same_twice(text in ".{0,80}", path in "[ -~]{0,40}") {
        for url in [text.clone(), format!("https://{text}"), format!("https://{path}"), format!("https://a.vn/{path}")] {
            if let Ok(address) = permit_url(&url, &Allowed::default()) {
                let again = format!("https://{}:{}/", address.host, address.port);
                prop_assert_eq!(permit_url(&again, &Allowed::default()), Ok(address));
            }
        }
    }
}
