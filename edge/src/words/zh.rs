//! 简体中文：用词简单，语气客气。

use super::PageWord;
use wire::Word;

/// The words for `word`.
pub fn word(word: Word) -> &'static str {
    match word {
        Word::Close => "关闭",
        Word::Open => "打开对话",
        Word::Conversation => "对话内容",
        Word::YourQuestion => "您的问题",
        Word::TypeHere => "请输入问题…",
        Word::Send => "发送",
        Word::You => "您",
        Word::Assistant => "自动助手",
        Word::Agency => "本单位的系统",
        Word::Staff => "工作人员",
        Word::Answering => "正在回答…",
        Word::Stop => "停止回答",
        Word::CutShort => "回答没有完成就停止了。",
        Word::Waiting => "等待发送",
        Word::NotSent => "没有发送成功。",
        Word::TryAgain => "重试",
        Word::Reconnecting => "连接已断开，正在重新连接…",
        Word::BackOnline => "已重新连接。",
        Word::TooLong => "超出 {} 个字。请缩短后再发送。",
        Word::TooFast => "发送得有点快，请稍等。",
        Word::TooMuch => "目前暂时无法接收更多消息。您写的内容已保存，稍后会自动发送；如有急事，请致电我们。",
        Word::Reload => "页面版本过旧，请刷新后继续使用。",
        Word::Broken => "我们这边出了问题，请几分钟后再试。",
        Word::CantShow => "这部分内容暂时无法在此显示。",
        Word::Papers => "需要携带的材料",
        Word::Steps => "办理步骤",
        Word::Fee => "费用",
        Word::Time => "办理时限",
        Word::Place => "办理地点",
        Word::Legal => "法律依据",
        Word::Phone => "电话",
        Word::Email => "电子邮件",
        Word::Address => "地址",
        Word::Hours => "办公时间",
        Word::ReachUs => "直接联系我们",
        Word::NewWindow => "（在新窗口打开）",
        Word::NewMessages => "新消息",
        Word::Language => "语言",
        Word::ShowReply => "查看回答",
        Word::SoftwareNote => "这里由软件自动回答。重要事项请向工作人员核实。",
        Word::Says => "{}回答：",
        Word::OpenAsPage => "在单独页面打开",
        Word::CantLoad => "无法在此加载对话。",
        Word::StartOver => "重新开始",
        Word::Choices => "快捷选项",
        Word::Loading => "正在加载…",
        Word::Expired => "之前的对话已过期，现在是新的对话。",
        Word::NoSite => "此地址没有对话服务，请检查链接。",
        Word::NotHere => "本网站未获准显示对话。",
        Word::Unread => "{} 条未读",
        Word::StartOverNote => "清除此对话并重新开始？",
        Word::Cancel => "保留",
        Word::Lang => "zh",
        Word::Display => "显示与语言",
        Word::Larger => "放大文字",
        Word::Smaller => "缩小文字",
        Word::Plain => "简易模式",
        Word::ReadAloud => "朗读",
        Word::StopReading => "停止朗读",
        Word::Speak => "说出问题",
        Word::Listening => "正在聆听，请讲…",
        Word::OtherQuestion => "问别的问题",
        Word::Earlier => "显示之前的消息",
        Word::Source => "来源",
        Word::Save => "保存此对话",
        Word::Important => "重要通知",
        Word::PersonalFound => "您的消息似乎包含：{}。",
        Word::PersonalAsk => "如非必要，请先隐藏再发送。",
        Word::PersonalRefused => "为了您的安全，此对话不接收该信息。",
        Word::HideAndSend => "隐藏后发送",
        Word::SendAsIs => "原样发送",
        Word::Edit => "修改",
        Word::PersonalData => "个人信息",
        Word::CitizenId => "公民身份号码",
        Word::OldId => "旧身份证号码",
        Word::Insurance => "保险号码",
        Word::TaxCode => "税号",
        Word::Passport => "护照号码",
        Word::Plate => "车牌号",
        Word::PhoneNumber => "电话号码",
        Word::EmailAddress => "电子邮箱地址",
        Word::CardNumber => "银行卡号",
        Word::SwitchedOff => "此对话暂停服务，请直接与我们联系。",
        Word::Elsewhere => "在其他设备上继续",
    }
}

/// The words for `word`.
pub fn page(word: PageWord) -> &'static str {
    match word {
        PageWord::BackToChat => "返回对话",
        PageWord::ElsewhereHow => "请用另一台设备的相机扫描此图，或打开下面的链接。",
        PageWord::ElsewhereType => "或者打开 {} 并输入代码：",
        PageWord::ElsewhereOnce => {
            "代码只能使用一次，10 分钟内有效。任何人拿到代码都能看到这段对话，请勿告诉他人。"
        }
        PageWord::ContinueHere => "在此继续",
        PageWord::Code => "代码",
        PageWord::CodeHint => "另一台设备上显示的 10 位字母和数字。",
        PageWord::CodeRefused => {
            "此代码无法打开任何对话。每个代码只能使用一次，10 分钟内有效。请在另一台设备上获取新代码。"
        }
    }
}
