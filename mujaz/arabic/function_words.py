"""Function words, and words that fit any story: a few dozen articles share little else.

They are folded (`normalize.fold`). A name that is written like one («علي» like «على») is lost with it.
"""

from __future__ import annotations

from mujaz.arabic.normalize import fold

_PRONOUNS = "ه ها هما هم هن ك كما كم كن ي نا"
# Words that may have a pronoun attached, and words that may not. Most may have a prefix (و ف ب ل ك).
_WITH_PRONOUNS = """
من في عن على عند عندي لدى لدي مع بعد قبل بين خلال أمام خلف تحت فوق حول نحو ضد دون حيث أثناء وراء إلى إلي
علي إن أن لأن كأن
لكن لعل ليت غير سوى كل بعض كلا كلتا نفس ذات جميع معظم سائر مثل عبر منذ حتى لدي بشأن بسبب رغم ضمن إثر عقب
"""
_ALONE = """
هذا هذه هذان هذين هاتان هاتين هؤلاء ذلك تلك ذاك أولئك هنا هناك هنالك ذا ذي
الذي التي اللذان اللذين اللتان اللتين الذين اللاتي اللواتي اللائي ما ماذا متى أين كيف كم أي أية أيا أيضا
هو هي هما هم هن أنا أنت أنتم نحن إياه إياها
و ف ب ل ك أو أم بل ثم لا لم لن ما ليس ليست ليسوا لست كلا نعم قد لقد سوف إذ إذا إذن لو لولا لما كلما حين
حينما عندما بينما
كما لذلك لذا كذلك هكذا إما إلا أما ألا هل إنما كي لكي لكيلا فيما مما عما بما كأنما طالما ربما حيثما أينما
مهما منهم ممن فيمن
كان كانت كانوا يكون تكون يكونوا تكن يكن كنت كنا نكون أكون سيكون ستكون وكان أصبح أصبحت يصبح تصبح بات باتت يبات
ظل ظلت يظل مازال ما زال يزال تزال صار صارت أضحى أمسى ليكون لتكون
أنه أنها أنهم إنه إنها إنهم لأنه لأنها بأنه بأنها بأن فإن كأن وأن لكنه لكنها
له لها لهم لهما لهن لك لنا لي به بها بهم بهما بنا بي فيه فيها فيهم منه منها منهم عنه عنها عليه عليها عليهم
إليه إليها إليهم
أحد إحدى ذو ذوي قبيل بعيد داخل خارج وسط جراء حسب وفق طبقا وفقا بحسب إزاء تجاه لدن
أول قبل بعد الآن حاليا فقط أكثر أقل جدا تماما أيضا حوالي نحو مجرد خاصة عامة لاسيما سيما بينها بينهم
جديد جديدة كبير كبيرة
the of and to in a an on for at by with from as is are was were be been it its this that these those or but
not no he she
they we you his her their our has have had will would can could may than then there which who whom whose
what when where
"""
_PREFIXES = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل")


def _all() -> frozenset[str]:
    found = set(_ALONE.split())
    for word in _WITH_PRONOUNS.split():
        found |= {word, *(word + pronoun for pronoun in _PRONOUNS.split())}
    folded = {fold(word) for word in found}
    return frozenset(prefix + word for word in folded for prefix in (_PREFIXES if not word.isascii() else ("",)))


FUNCTION_WORDS = _all()
