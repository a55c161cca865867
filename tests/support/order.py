"""Sentences with numbers, signs and Latin runs, and how they must be seen; and how a browser tells what is seen."""

from __future__ import annotations

from typing import Any

# What is written → the part of it that is seen, from the left to the right of the line, whatever stands around it.
NUMBERS = {
    "3-1 فاز الفريق": "1–3",
    "فاز الفريق 3-1": "1–3",
    "فاز فريق Real Madrid 3-1": "1–3 Real Madrid",
    "فازت المدينة 3-1 Harbour": "Harbour 1–3",
    "موسم 2020-2021 بدأ": "2021–2020",
    "2020-21 موسم طويل": "21–2020",
    "أعمارهم 18-25 عاما": "25–18",
    "بين 10,000-20,000 زائر": "20,000–10,000",
    "-4.5% نسبة العجز": "-4.5%",
    "بلغ العجز -4.5% أمس": "-4.5%",
    "زاد العدد +3% أمس": "+3%",
    "5% من السكان": "5%",
    "نمو قدره %12 أمس": "12%",
    "الحرارة −3 درجات": "−3",
    "الحرارة 35°C اليوم": "35°C",
    "الحرارة 35 °C اليوم": "35 °C",
    "45° زاوية الميل": "45°",
    "السعر $5 أمس": "$5",
    "$5 سعر التذكرة": "$5",
    "السعر 5$ أمس": "5$",
    "السعر 5 دولارات": "5",
    "أضف 1/2 كوب": "1/2",
    "3½ كيلوغرامات": "3½",
    "وزنه 3½ كيلوغرامات": "3½",
    "نسبة 1:3 أمس": "1:3",
    "1:3 هي النسبة": "1:3",
    "الساعة 14:05 ظهرا": "14:05",
    "بين 14:05-15:30 ظهرا": "15:30–14:05",
    "للتواصل +974 4412 3456 الآن": "+974 4412 3456",
    "هاتف: (+974) 4412-3456": "(+974) 4412-3456",
    "هاتف 4412-3456 الآن": "4412-3456",
    "هاتف +٩٧٤ ٤٤١٢ ٣٤٥٦ الآن": "+٩٧٤ ٤٤١٢ ٣٤٥٦",
    "تلفن +۹۸ ۲۱ ۱۲۳۴ ۵۶۷۸ الآن": "+۹۸ ۲۱ ۱۲۳۴ ۵۶۷۸",
    "النسخة 3.11.2 صدرت": "3.11.2",
    "النواة 5.15.0-91 صدرت": "5.15.0-91",
    "فاز 6-4 7-5 أمس": "5–7 4–6",
    "6-4، 7-5 نتيجة اللقاء": "5–7 ،4–6",
    "فاز الأبيض 1-0 أمس": "0–1",
    "الخطة 4-3-3 دائما": "4-3-3",
    "ردمك 978-3-16-148410-0 هنا": "978-3-16-148410-0",
    "يوم 2021-10-18 هنا": "2021-10-18",
    "يوم 18/10/2021 هنا": "18/10/2021",
    "الدقة 1920×1080 هنا": "1920×1080",
    "الدقيقة 90+3 هنا": "90+3",
    "عدد 1 000 000 نسمة": "1 000 000",
    "١٢٪ من السكان": "٪١٢",
    "نمو قدره ٪١٢ أمس": "٪١٢",
    "٣-١ فاز الفريق": "١–٣",
    "۳-۱ نتیجه بازی": "۱–۳",
    "رشد ۱۲٪ بود": "۱۲٪",
}
LATIN = {
    "انبعاثات CO₂ ترتفع": "CO₂",
    "شرب H₂O نقيا": "H₂O",
    "مساحة 500 km² تقريبا": "500 km²",
    "شبكة Wi‑Fi سريعة": "Wi‑Fi",
    "كلمة inter\u00adnational هنا": "international",
    "شعار I ❤ NY هنا": "I ❤ NY",
    "عطر N°5 هنا": "N°5",
    "مركب C₆H₁₂O₆ هنا": "C₆H₁₂O₆",
    "نظام Windows™ الجديد": "Windows™",
    "لغة C++، لغة C#": "C++",
    "قال The 'deal' is off أمس": "The 'deal' is off",
    "كتاب The “deal” is off هنا": "The “deal” is off",
    "قال Mr. Smith أمس": "Mr. Smith",
    "شركة AT&T قالت": "AT&T",
    "طائرة Boeing 737-800 هنا": "Boeing 737-800",
    "مخطط αβ² هنا": "αβ²",
}
SENTENCES = NUMBERS | LATIN

# [its text, what is seen of it from left to right, line by line] of each element. Letters of no width are left out.
SEEN = """selector => [...document.querySelectorAll(selector)].map(element => {
  const letters = [], walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), range = document.createRange();
  for (let node; (node = walk.nextNode());) {
    let at = 0;
    for (const letter of node.data) {
      range.setStart(node, at);
      range.setEnd(node, at += letter.length);
      const box = range.getBoundingClientRect();
      if (box.width) letters.push([letter, box.left, box.bottom]);
    }
  }
  const line = Math.max(...letters.map(letter => letter[2]));
  if (letters.some(letter => line - letter[2] > 40)) throw new Error("two lines: " + element.textContent);
  letters.sort((one, other) => one[1] - other[1]);
  return [element.textContent.trim(), letters.map(letter => letter[0]).join("")];
})"""
ONE_LINE = "* { white-space: nowrap !important; animation: none !important; transition: none !important }"


def seen(page: Any, selector: str) -> dict[str, str]:
    """What is seen of the lines that `selector` finds, by their text without marks of direction."""
    page.add_style_tag(content=ONE_LINE)
    marks = dict.fromkeys(map(ord, "\u200e\u200f\u2066\u2067\u2068\u2069"))
    return {text.translate(marks): line for text, line in page.evaluate(SEEN, selector)}


def wrong(found: dict[str, str], sentences: dict[str, str], written: dict[str, str]) -> list[str]:
    """What is wrong with `found`: a sentence that is missing, or one that is seen otherwise."""
    out = []
    for sentence, part in sentences.items():
        line = found.get(written[sentence])
        if line is None or part not in line:
            out.append(f"{sentence}: {part} should be seen in {line}")
    return out
