# ruff: noqa: E501 (rows of a table)
"""Words by which the ten other languages most likely to be typed are known. None of them is an English word."""

from __future__ import annotations

from services.dm.domain.english.word_lists import word_set

LANGUAGES: dict[str, str] = {
    "de": "ich und nicht der das den dem ein eine einen ist mit auf für wie wo wer gehe gehen nehme nimm hebe mein meine bitte danke "
    "hallo kann kannst möchte was sie wir du bin zum zur aus dich mir mich öffne rede sprich wieviel kaufe guten katze tür hilfe gibt greife schaue "
    "bist sind hast habe haben hat wird werde werden will willst wollen muss müssen soll sollen diese dieser dieses jetzt hier dort nach bei von über unter vor hinter wieder auch noch nur schon sehr alles nichts etwas jemand niemand warum wann welche welcher viel kostet kosten ihr ihn ihm euch uns dein deine sein seine gib geh komm kommst sag schau suche suchen kämpfe kämpfen töte laufen laufe lauf weg raus rein hoch runter zurück weiter los hau ab angreifen greif spreche sprechen reden frag frage fragen heißt heisst bedeutet tinte ratte maus tasche geld",
    "fr": "je tu il elle nous vous suis est les des une dans avec pour pas que qui où quoi bonjour merci veux vais mon ma mes le la et "
    "aller prendre parler attaque acheter ouvrir regarder combien cette ce ces chat porte aidez moi là dort dame sur sont aux ça prends "
    "ai avons avez ont sommes êtes fais faire fait peux peut pouvons dois doit faut comment pourquoi quand quel quelle quels quelles rien tout tous quelque chose quelqu personne ici maintenant encore aussi très bien oui non toi lui leur leurs son sa ses notre votre au du en ne plus jamais cherche fuir fuis cours va vas allez donne donner vends vendre mange manger dors dormir monte descends remonter peur souris sac argent ou mais donc",
    "es": "yo el los las una con para por que quién qué dónde donde cómo hola gracias quiero voy mi mis tú estoy está esto eso ir coger "
    "tomar hablar atacar comprar abrir mirar cuánto gato puerta ayuda ayudame ayúdame jajaja asco mami y pero muy al del ayuda necesito "
    "soy eres somos son tengo tienes tiene hay hago hacer puedo puedes puede quieres quiere debo ahora aquí allí allá también bien sí nada todo algo alguien nadie cuando cuándo cuál cual cuesta cuestan vende vendes vender compra compro dame toma corre huye huir busca buscar comer dormir sube baja vuelve atrás arriba abajo su sus nuestro ella ellos usted ustedes le lo se te sin sobre entre hasta desde llave salida entrada rata ratón bolsa dinero llamas",
    "it": "io il lo gli una con per che chi cosa dove come ciao grazie voglio vado mio mia sono è questo questa andare prendere parlare "
    "attaccare comprare aprire guardare quanto gatto porta aiuto ho già parlato lei adesso e ma non di vai sto dov apro prendo parlo "
    "sei siamo siete hai ha abbiamo avete hanno faccio fa posso puoi può devo deve dobbiamo quando quale quali costa costano niente tutto tutti qualcosa qualcuno nessuno qui lì là ancora anche molto bene male sì noi voi loro lui suo sua tuo tua del della dei delle nel nella al alla dal dalla sul cerca cerco corri scappo scappare mangio mangiare dormo dormire salgo scendo torno dammi vendi vende topo ratto borsa soldi i un uno",
    "pt": "eu você ele ela não sim uma com para por que quem onde como olá obrigado obrigada quero vou meu minha estou está isso esta essa ir pegar "
    "falar atacar comprar abrir olhar quanto gato porta ajuda consigo qual é o do da significado ponto os as mas muito posso "
    "sou és somos são tenho tem tens há faço fazer pode podes deve devo agora aqui ali lá também bem nada tudo algo alguém ninguém quando quais custa custam vende vender compra compro dê pega corre fugir procura procurar comer dormir sobe desce volta nós eles elas seu sua meus um na nos nas ao à pelo pela rato bolsa dinheiro",
    "nl": "ik jij hij wij het een niet met voor naar van wie wat waar hoe hallo dank wil ga mijn dit die zeg eens kost jas pak neem koop "
    "praat deur kat alsjeblieft kan kun heb ben is de en maar ook hoeveel kijk mij "
    "bent zijn hebben heeft wordt word worden moet moeten mag mogen nu hier daar nog alles niets iets iemand niemand waarom wanneer welke veel kosten ons onze jouw je haar hun geef ren vlucht zoek zoeken eet eten slaap slapen omhoog omlaag terug verder weg praten vragen vraag betekent muis tas geld",
    "pl": "ja ty nie tak jest są się z na do po kto co gdzie jak cześć dziękuję proszę chcę idę mój moja ten ta to ile warta czapka idź weź "
    "mówię atakuję kupuję otwórz drzwi kot pomoc tej tego mam czy "
    "masz ma mamy mają był była być mogę możesz może muszę musi teraz tutaj tam też bardzo dobrze źle wszystko nic coś ktoś nikt dlaczego kiedy który która kosztuje twój twoja jego jej nasz daj uciekam szukam szukaj jedz śpij w górę dół wróć szczur mysz torba pieniądze",
    "sv": "jag du han hon vi inte är en ett med för att på till och vem vad var hur hej tack vill går min mitt den det kan få mjölk ta "
    "prata attackera köpa öppna titta dörr katt hjälp mig här "
    "har hade kunde måste ska skall vilja nu där också mycket dåligt allt inget något någon ingen varför när vilken kostar din hans hennes vår ge spring leta sök äta sova upp ner tillbaka fråga betyder råtta mus väska pengar",
    "cs": "já ty on ona není je jsem jsi jsou s na do kdo co kde jak ahoj děkuji prosím chci jdu můj moje ten ta to tady šéf vezmi mluv "
    "zaútoč koupit otevři dveře kočka pomoc kolik mám "
    "máš má máme mají byl byla být můžu můžeš může musím musí teď zde tam také velmi dobře špatně všechno nic něco někdo nikdo proč kdy který která stojí tvůj tvoje jeho její náš dej utíkám hledám jíst spát nahoru dolů zpět krysa myš taška peníze",
    "tr": "ben sen bir ve ile için değil kim ne nerede nasıl merhaba teşekkür istiyorum gidiyorum benim bu şu git al konuş saldır satın aç kapı kedi yardım "
    "var yok mı mi mu misin olarak çok iyi kötü şey hiçbir biri kimse neden niçin hangi kaç para şimdi burada orada da de ama veya ver ara ye uyu yukarı aşağı geri sor çanta",
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
    "should have has had me him them us go take get talk ask look attack use give buy sell open hit please feather "
    "till fan fast kind gift art wand hat man hell list mess nun rat rock stern tag tot wall war also bald brief boot far pet sale "
    "comment pain chat main mare die dies par fare si non mi la men den ten come per dove pub"
)
