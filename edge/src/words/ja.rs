//! 日本語：やさしい言葉で、ていねいに。

use super::PageWord;
use wire::Word;

/// The words for `word`.
pub fn word(word: Word) -> &'static str {
    match word {
        Word::Close => "閉じる",
        Word::Open => "チャットを開く",
        Word::Conversation => "会話の内容",
        Word::YourQuestion => "ご質問",
        Word::TypeHere => "質問を入力…",
        Word::Send => "送信",
        Word::You => "あなた",
        Word::Assistant => "自動アシスタント",
        Word::Agency => "窓口のシステム",
        Word::Staff => "職員",
        Word::Answering => "回答を作成しています…",
        Word::Stop => "回答を止める",
        Word::CutShort => "回答は途中で止まりました。",
        Word::Waiting => "送信待ち",
        Word::NotSent => "送信できませんでした。",
        Word::TryAgain => "もう一度試す",
        Word::Reconnecting => "接続が切れました。再接続しています…",
        Word::BackOnline => "再接続しました。",
        Word::TooLong => "{} 文字多すぎます。短くしてもう一度送信してください。",
        Word::TooFast => "送信の間隔が短すぎます。少しお待ちください。",
        Word::TooMuch => {
            "ただいまこれ以上メッセージを受け付けられません。書いた内容は保存され、後で送信されます。お急ぎの場合はお電話ください。"
        }
        Word::Reload => "このページは古くなっています。再読み込みしてください。",
        Word::Broken => "こちら側で問題が起きました。数分後にもう一度お試しください。",
        Word::CantShow => "この内容はまだここに表示できません。",
        Word::Papers => "必要な書類",
        Word::Steps => "手続きの流れ",
        Word::Fee => "手数料",
        Word::Time => "かかる期間",
        Word::Place => "場所",
        Word::Legal => "法的根拠",
        Word::Phone => "電話",
        Word::Email => "メール",
        Word::Address => "住所",
        Word::Hours => "受付時間",
        Word::ReachUs => "直接お問い合わせ",
        Word::NewWindow => "（新しいウィンドウで開きます）",
        Word::NewMessages => "新しいメッセージ",
        Word::Language => "言語",
        Word::ShowReply => "回答を表示",
        Word::SoftwareNote => "ソフトウェアがお答えします。大切なことは職員にご確認ください。",
        Word::Says => "{}の回答：",
        Word::OpenAsPage => "ページとして開く",
        Word::CantLoad => "ここではチャットを読み込めませんでした。",
        Word::StartOver => "最初からやり直す",
        Word::Choices => "選択肢",
        Word::Loading => "読み込み中…",
        Word::Expired => "前の会話は期限が切れました。新しい会話を始めます。",
        Word::NoSite => "このアドレスにチャットはありません。リンクをご確認ください。",
        Word::NotHere => "このサイトではチャットの表示が許可されていません。",
        Word::Unread => "未読 {} 件",
        Word::StartOverNote => "この会話を消して、最初からやり直しますか。",
        Word::Cancel => "残す",
        Word::Lang => "ja",
        Word::Display => "表示と言語",
        Word::Larger => "文字を大きく",
        Word::Smaller => "文字を小さく",
        Word::Plain => "かんたん表示",
        Word::ReadAloud => "読み上げる",
        Word::StopReading => "読み上げを止める",
        Word::Speak => "声で質問する",
        Word::Listening => "聞いています。お話しください…",
        Word::OtherQuestion => "別のことを聞く",
        Word::Earlier => "前のメッセージを表示",
        Word::Source => "出典",
        Word::Save => "この会話を保存",
        Word::Important => "重要なお知らせ",
        Word::PersonalFound => "メッセージに次の情報が含まれているようです：{}。",
        Word::PersonalAsk => "必要でなければ、送信前に隠してください。",
        Word::PersonalRefused => "安全のため、このチャットではその情報を受け付けていません。",
        Word::HideAndSend => "隠して送信",
        Word::SendAsIs => "そのまま送信",
        Word::Edit => "書き直す",
        Word::PersonalData => "個人情報",
        Word::CitizenId => "国民識別番号",
        Word::OldId => "旧身分証番号",
        Word::Insurance => "保険番号",
        Word::TaxCode => "納税者番号",
        Word::Passport => "旅券番号",
        Word::Plate => "車両ナンバー",
        Word::PhoneNumber => "電話番号",
        Word::EmailAddress => "メールアドレス",
        Word::CardNumber => "銀行カード番号",
        Word::SwitchedOff => "このチャットは現在休止しています。直接お問い合わせください。",
        Word::Elsewhere => "別の端末で続ける",
    }
}

/// The words for `word`.
pub fn page(word: PageWord) -> &'static str {
    match word {
        PageWord::BackToChat => "会話に戻る",
        PageWord::ElsewhereHow => {
            "もう一方の端末のカメラでこの画像を読み取るか、下のリンクを開いてください。"
        }
        PageWord::ElsewhereType => "または {} を開いてコードを入力してください：",
        PageWord::ElsewhereOnce => {
            "コードは10分以内に一度だけ使えます。コードを知っている人はこの会話を読めますので、他の人に教えないでください。"
        }
        PageWord::ContinueHere => "ここで続ける",
        PageWord::Code => "コード",
        PageWord::CodeHint => "もう一方の端末に表示された10文字の英数字です。",
        PageWord::CodeRefused => {
            "このコードで開ける会話はありません。コードは10分以内に一度だけ使えます。もう一方の端末で新しいコードを作ってください。"
        }
    }
}
