# ruff: noqa: E501 (rows of a table)
"""Words by which the ten other languages most likely to be typed are known. None of them is an English word."""

from __future__ import annotations

from services.dm.domain.reading.english.word_set import word_set

LANGUAGES: dict[str, str] = {
    "de": "ich und nicht der das den dem ein eine einen ist mit auf für wie wo wer gehe gehen nehme nimm hebe mein meine bitte danke "
    "hallo kann kannst möchte was sie wir du bin zum zur aus dich mir mich öffne rede sprich wieviel kaufe guten katze tür hilfe gibt greife schaue",
    "fr": "je tu il elle nous vous suis est les des une dans avec pour pas que qui où quoi bonjour merci veux vais mon ma mes le la et "
    "aller prendre parler attaque acheter ouvrir regarder combien cette ce ces chat porte aidez moi là dort dame sur sont aux ça prends",
    "es": "yo el los las una con para por que quién qué dónde donde cómo hola gracias quiero voy mi mis tú estoy está esto eso ir coger "
    "tomar hablar atacar comprar abrir mirar cuánto gato puerta ayuda ayudame ayúdame jajaja asco mami y pero muy al del ayuda necesito",
    "it": "io il lo gli una con per che chi cosa dove come ciao grazie voglio vado mio mia sono è questo questa andare prendere parlare "
    "attaccare comprare aprire guardare quanto gatto porta aiuto ho già parlato lei adesso e ma non di vai sto dov apro prendo parlo",
    "pt": "eu você ele ela não sim uma com para por que quem onde como olá obrigado obrigada quero vou meu minha estou está isso esta essa ir pegar "
    "falar atacar comprar abrir olhar quanto gato porta ajuda consigo qual é o do da significado ponto os as mas muito posso",
    "nl": "ik jij hij wij het een niet met voor naar van wie wat waar hoe hallo dank wil ga mijn dit die zeg eens kost jas pak neem koop "
    "praat deur kat alsjeblieft kan kun heb ben is de en maar ook hoeveel kijk mij",
    "pl": "ja ty nie tak jest są się z na do po kto co gdzie jak cześć dziękuję proszę chcę idę mój moja ten ta to ile warta czapka idź weź "
    "mówię atakuję kupuję otwórz drzwi kot pomoc tej tego mam czy",
    "sv": "jag du han hon vi inte är en ett med för att på till och vem vad var hur hej tack vill går min mitt den det kan få mjölk ta "
    "prata attackera köpa öppna titta dörr katt hjälp mig här",
    "cs": "já ty on ona není je jsem jsi jsou s na do kdo co kde jak ahoj děkuji prosím chci jdu můj moje ten ta to tady šéf vezmi mluv "
    "zaútoč koupit otevři dveře kočka pomoc kolik mám",
    "tr": "ben sen bir ve ile için değil kim ne nerede nasıl merhaba teşekkür istiyorum gidiyorum benim bu şu git al konuş saldır satın aç kapı kedi yardım",
}
"""Latin scripts. A language is heard when most known words of an input are its own, and no English verb begins it."""

SCRIPTS: tuple[tuple[str, int, int], ...] = (
    ("ja", 0x3040, 0x30FF),
    ("ko", 0xAC00, 0xD7AF),
    ("zh", 0x4E00, 0x9FFF),
    ("ar", 0x0600, 0x06FF),
    ("hi", 0x0900, 0x097F),
    ("he", 0x0590, 0x05FF),
    ("el", 0x0370, 0x03FF),
    ("th", 0x0E00, 0x0E7F),
)
"""Other scripts by their code points; the first that is used decides."""

UKRAINIAN_LETTERS = frozenset("іїєґІЇЄҐ")
UKRAINIAN_WORDS = word_set("де тут що хто як я не це")
ENGLISH_HINTS = word_set(
    "the a an i you he she it we they my your his her its is are was were be been am do does did not no yes and "
    "or but if of to in on at by for with from this that these those what who where when why how which can could will would "
    "should have has had me him them us go take get talk ask look attack use give buy sell open hit please"
)
