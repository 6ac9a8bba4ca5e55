import Testing
import VouchArticles
import VouchCore
import VouchOntology

/// Articles in other languages than English: told by their words, whatever their metadata say.
@Suite struct LanguageTests {
  private static let known = Result { try PageLexicon(Ontology()) }

  private func article(_ text: String, given: String? = nil, _ options: ArticleOptions = ArticleOptions()) throws
    -> Article
  {
    let language = given.map { ", \"language\": \"\($0)\"" } ?? ""
    let record = "{\"text\": \"\(text)\"\(language)}"
    return try Article.make(
      from: RawArticle(kind: .record, bytes: Array(record.utf8), id: "a", origin: "a"), options: options,
      lexicon: Self.known.get()
    ).get()
  }

  private static let english =
    "The council met on Monday to talk about the bridge, which has been closed since the storm, but it did not decide when it would open again."

  /// One sentence of news in each language.
  static let sentences = [
    ("en", english),
    (
      "de",
      "Der Stadtrat hat am Montag über die Brücke gesprochen, die seit dem Sturm gesperrt ist, und will im Mai entscheiden."
    ),
    (
      "fr",
      "Le conseil de la ville a parlé lundi du pont qui est fermé depuis la tempête, mais il ne sait pas quand il sera ouvert."
    ),
    (
      "es",
      "El consejo de la ciudad habló el lunes sobre el puente, que está cerrado desde la tormenta, pero no decidió cuándo se abre."
    ),
    (
      "pt",
      "O conselho da cidade falou na segunda-feira sobre a ponte, que está fechada desde a tempestade, mas não decidiu quando ela abre."
    ),
    (
      "it",
      "Il consiglio della città ha parlato lunedì del ponte, che è chiuso dalla tempesta, ma non ha deciso quando sarà aperto di nuovo."
    ),
    (
      "nl",
      "De raad van de stad heeft maandag over de brug gesproken, die sinds de storm gesloten is, maar het is niet bekend wanneer hij opengaat."
    ),
    (
      "sv",
      "Kommunen talade på måndagen om bron som har varit stängd efter stormen, men det är inte klart när den ska öppnas igen."
    ),
    (
      "fi",
      "Kaupungin valtuusto puhui maanantaina sillasta, joka on ollut suljettuna myrskyn jälkeen, mutta ei päättänyt, milloin se voidaan avata ja kuka siitä vastaa."
    ),
    (
      "pl",
      "Rada miasta rozmawiała w poniedziałek o moście, który jest zamknięty od czasu burzy, ale nie zdecydowała, kiedy będzie on otwarty."
    ),
    (
      "tr",
      "Belediye meclisi pazartesi günü fırtına nedeniyle kapalı olan köprü için toplandı, ancak köprünün ne zaman açılacağı ile ilgili bir karar daha sonra verilecek."
    ),
    (
      "id",
      "Dewan kota pada hari Senin berbicara tentang jembatan yang telah ditutup karena badai, tetapi mereka tidak memutuskan kapan akan dibuka."
    ),
    (
      "ru",
      "Городской совет в понедельник говорил о мосте, который был закрыт после бури, но не решил, когда он может быть открыт для всех."
    ),
    (
      "uk",
      "Міська рада в понеділок говорила про міст, який був закритий після бурі, але не вирішила, коли він може бути відкритий для всіх."
    ),
    ("el", "Το δημοτικό συμβούλιο μίλησε τη Δευτέρα για τη γέφυρα."),
    ("he", "מועצת העיר דיברה ביום שני על הגשר שנסגר."),
    (
      "ar",
      "تحدث مجلس المدينة يوم الاثنين عن الجسر الذي تم إغلاقه بعد العاصفة ولكن لم يقرر متى يفتح من جديد في هذا العام."
    ),
    ("zh", "市议会星期一讨论了暴风雨后关闭的那座桥什么时候重新开放。"), ("ja", "市議会は月曜日、嵐のあと閉まっている橋について話し合った。"),
    ("ko", "시의회는 월요일에 폭풍 이후 닫힌 다리에 대해 이야기했다고 밝혔다."), ("th", "สภาเมืองพูดคุยเรื่องสะพานที่ปิดตั้งแต่พายุเมื่อวันจันทร์"),
  ]

  @Test(arguments: sentences) func aSentenceTellsItsLanguage(_ language: String, _ text: String) throws {
    let article = try article(text)
    #expect(article.metadata.language == language)
    #expect(article.metadata.isEnglish == (language == "en"))
    #expect(article.diagnostics.map(\.code) == (language == "en" ? [] : ["article.language"]))
  }

  /// What is given counts if the text agrees or is too short to tell.
  @Test(arguments: [
    (english, "en-GB", "en-GB"), (english, "de", "en"), (english, "English", "en"), ("Short words.", "de", "de"),
    ("Short words.", "en_US", "en-US"), ("1, 2, 3", "fr", "fr"),
    (
      "Rada miasta rozmawiała w poniedziałek o moście, który jest zamknięty od czasu burzy, ale nie zdecydowała, kiedy będzie otwarty.",
      "en", "pl"
    ),
  ])
  func metadataCountWhereTheyAgree(_ text: String, _ given: String, _ language: String) throws {
    #expect(try article(text, given: given).metadata.language == language)
  }

  @Test func anEnglishArticleMayQuoteOthers() throws {
    let text = Self.english + " „Das ist nicht gut für die Stadt“, said the mayor. " + Self.english
    #expect(try article(text).metadata.isEnglish)
  }

  @Test func anyLanguageIsReadIfThatIsWanted() throws {
    var options = ArticleOptions()
    options.readsAnyLanguage = true
    let article = try article(Self.sentences[1].1, options)
    #expect(article.metadata.language == "de" && article.diagnostics.isEmpty)
  }
}
