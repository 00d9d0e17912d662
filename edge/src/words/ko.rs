//! 한국어: 쉬운 말과 높임말을 씁니다.

use super::PageWord;
use wire::Word;

/// The words for `word`.
pub fn word(word: Word) -> &'static str {
    match word {
        Word::Close => "닫기",
        Word::Open => "상담창 열기",
        Word::Conversation => "대화 내용",
        Word::YourQuestion => "질문",
        Word::TypeHere => "질문을 입력하세요…",
        Word::Send => "보내기",
        Word::You => "나",
        Word::Assistant => "자동 안내",
        Word::Agency => "기관 시스템",
        Word::Staff => "직원",
        Word::Answering => "답변을 작성하고 있습니다…",
        Word::Stop => "답변 멈추기",
        Word::CutShort => "답변이 도중에 멈췄습니다.",
        Word::Waiting => "전송 대기 중",
        Word::NotSent => "보내지 못했습니다.",
        Word::TryAgain => "다시 시도",
        Word::Reconnecting => "연결이 끊겨 다시 연결하고 있습니다…",
        Word::BackOnline => "다시 연결되었습니다.",
        Word::TooLong => "{}자를 초과했습니다. 줄여서 다시 보내 주세요.",
        Word::TooFast => "조금 빠릅니다. 잠시 기다려 주세요.",
        Word::TooMuch => {
            "지금은 메시지를 더 받을 수 없습니다. 작성하신 내용은 보관되었다가 나중에 전송됩니다. 급하시면 전화해 주세요."
        }
        Word::Reload => "오래된 페이지입니다. 새로 고친 뒤 이용해 주세요.",
        Word::Broken => "저희 쪽에 문제가 생겼습니다. 몇 분 뒤 다시 시도해 주세요.",
        Word::CantShow => "이 부분은 아직 여기에 표시할 수 없습니다.",
        Word::Papers => "준비할 서류",
        Word::Steps => "절차",
        Word::Fee => "수수료",
        Word::Time => "처리 기간",
        Word::Place => "장소",
        Word::Legal => "법적 근거",
        Word::Phone => "전화",
        Word::Email => "이메일",
        Word::Address => "주소",
        Word::Hours => "업무 시간",
        Word::ReachUs => "직접 문의하기",
        Word::NewWindow => "(새 창에서 열림)",
        Word::NewMessages => "새 메시지",
        Word::Language => "언어",
        Word::ShowReply => "답변 보기",
        Word::SoftwareNote => "프로그램이 자동으로 답합니다. 중요한 일은 직원에게 확인하세요.",
        Word::Says => "{}의 답변:",
        Word::OpenAsPage => "별도 페이지로 열기",
        Word::CantLoad => "여기에서 상담창을 불러오지 못했습니다.",
        Word::StartOver => "처음부터 다시",
        Word::Choices => "선택 항목",
        Word::Loading => "불러오는 중…",
        Word::Expired => "이전 대화는 기한이 지났습니다. 새 대화를 시작합니다.",
        Word::NoSite => "이 주소에는 상담창이 없습니다. 링크를 확인해 주세요.",
        Word::NotHere => "이 웹사이트에서는 상담창을 표시할 수 없습니다.",
        Word::Unread => "읽지 않은 메시지 {}개",
        Word::StartOverNote => "이 대화를 지우고 처음부터 다시 시작할까요?",
        Word::Cancel => "남겨 두기",
        Word::Lang => "ko",
        Word::Display => "화면과 언어",
        Word::Larger => "글자 크게",
        Word::Smaller => "글자 작게",
        Word::Plain => "쉬운 화면",
        Word::ReadAloud => "소리 내어 읽기",
        Word::StopReading => "읽기 멈추기",
        Word::Speak => "말로 질문하기",
        Word::Listening => "듣고 있습니다. 말씀해 주세요…",
        Word::OtherQuestion => "다른 것 묻기",
        Word::Earlier => "이전 메시지 보기",
        Word::Source => "출처",
        Word::Save => "이 대화 저장",
        Word::Important => "중요 공지",
        Word::PersonalFound => "메시지에 다음 정보가 있는 것 같습니다: {}.",
        Word::PersonalAsk => "꼭 필요하지 않다면 가리고 보내 주세요.",
        Word::PersonalRefused => "안전을 위해 이 대화창에서는 해당 정보를 받지 않습니다.",
        Word::HideAndSend => "가리고 보내기",
        Word::SendAsIs => "그대로 보내기",
        Word::Edit => "고치기",
        Word::PersonalData => "개인정보",
        Word::CitizenId => "시민 신분 번호",
        Word::OldId => "옛 신분증 번호",
        Word::Insurance => "보험 번호",
        Word::TaxCode => "납세자 번호",
        Word::Passport => "여권 번호",
        Word::Plate => "차량 번호",
        Word::PhoneNumber => "전화번호",
        Word::EmailAddress => "전자우편 주소",
        Word::CardNumber => "은행 카드 번호",
        Word::SwitchedOff => "이 대화창은 잠시 중단되었습니다. 직접 연락해 주세요.",
        Word::Elsewhere => "다른 기기에서 계속하기",
    }
}

/// The words for `word`.
pub fn page(word: PageWord) -> &'static str {
    match word {
        PageWord::BackToChat => "대화로 돌아가기",
        PageWord::ElsewhereHow => "다른 기기의 카메라로 이 그림을 비추거나 아래 링크를 여세요.",
        PageWord::ElsewhereType => "또는 {} 에서 코드를 입력하세요:",
        PageWord::ElsewhereOnce => {
            "코드는 10분 안에 한 번만 쓸 수 있습니다. 코드가 있으면 누구나 이 대화를 볼 수 있으니 알려 주지 마세요."
        }
        PageWord::ContinueHere => "여기서 계속하기",
        PageWord::Code => "코드",
        PageWord::CodeHint => "다른 기기에 표시된 영문자와 숫자 10자입니다.",
        PageWord::CodeRefused => {
            "이 코드로 열 수 있는 대화가 없습니다. 코드는 10분 안에 한 번만 쓸 수 있습니다. 다른 기기에서 새 코드를 받으세요."
        }
    }
}
