"""`make guards`: take each guard out of a copy of the code, one after another, and see that a test misses it.

A guard is a line that keeps one of the promises of SECURITY.md. A test that passes without its guard protects nothing.
`python tests/support/guards.py [--quick] [--jobs N] [WORD …]` tries only guards whose name has one of the words;
`--quick` leaves out the run that shows that the tests pass with every guard in its place. Exit 0: every guard is
missed.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import queue
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
# What the tests below read. The desk and the schemas read `docs/`.
COPIED = ("mujaz", "tests", "layouts", "content", "docs", "build.py", "config.yaml", "pyproject.toml")
LONGEST = 300  # seconds of a run of tests
# A guard against what never ends is missed by a test that never ends: after so many seconds of CPU it has shown that.
ENDLESS = {"what Markdown is asked": 40}


@dataclass(frozen=True)
class Guard:
    """`taken`, a text of `file` that stands there once, becomes `left`; then `tests` (pytest's words) must fail."""

    promise: int
    name: str
    file: str
    taken: str
    left: str
    tests: tuple[str, ...]


def _guard(promise: int, name: str, file: str, taken: str, left: str, *tests: str) -> Guard:
    return Guard(promise, name, f"mujaz/{file}", taken, left, tests)


HOSTILE, FILES, FAULTS = "tests/hostile/test_texts.py", "tests/hostile/test_files.py", "tests/laws/test_faults.py"
INERT = f"{HOSTILE}::test_nothing_in_a_page_can_run_load_or_lead_away"
OUTPUT, PAGES = "tests/laws/test_output.py", "tests/site/test_pages.py"
HELD = "tests/laws/test_held_output.py"
FIELDS, CONFIG = "tests/unit/yaml_values/test_loader.py", "tests/unit/config/test_settings.py"
MARKUP = "tests/unit/markdown_body/test_body.py"
DESK = "tests/hostile/test_desk.py"
DEPLOY = "tests/commands/test_deploy.py"
COMMANDS = "tests/hostile/test_commands.py"
DISK = "tests/hostile/test_disk.py"
MEANWHILE = "tests/hostile/test_meanwhile.py"
ADDRESSES = "tests/site/test_addresses.py"
WEB, LEFT = "tests/hostile/test_web_servers.py", "tests/hostile/test_outputs.py"
VERSIONS = "tests/hostile/test_desk_folders.py"
SYSTEMS = "tests/hostile/test_systems.py"
DAMAGED = "tests/laws/test_damaged_cache.py"
WRONG_LINE = "tests/unit/content/test_front_matter.py::test_a_wrong_line_is_told_at_its_place"
UNPUBLISHED = f"{PAGES}::test_what_is_not_published_is_nowhere_in_the_output"
ENCODINGS = "tests/unit/yaml_values/test_encoding.py::test_another_encoding_is_named_with_the_first_bad_byte"
REFUSED = "tests/site/test_refused_layouts.py"
LOOK_FILES = "tests/site/test_own_look.py::test_a_file_that_is_not_there_or_not_what_it_should_be_stops_the_build"

GUARDS = (
    # what other systems allow and few exports have (4)
    _guard(
        4, "what a new paper is called", "commands/init.py",
        '" ".join(clean_metadata(text).split())', '" ".join(text.split())',
        "tests/commands/test_init.py::test_what_config_cannot_hold_is_left_out_of_names",
    ),
    _guard(
        4, "streams of another encoding", "__main__.py",
        'reconfigure(encoding="utf-8", errors="backslashreplace")', "flush()",
        "tests/hostile/test_systems.py::test_what_is_said_and_typed_is_utf_8_and_ends_in_no_traceback",
    ),
    _guard(
        10, "a picture that an editor of WordPress cut", "importing/media.py",
        "|-scaled)(?=", "|-scaled|-e[0-9]{10,13})(?=",
        "tests/unit/importing/test_media.py::test_an_upload_is_found",
    ),
    _guard(
        10, "HTML that Hugo showed nobody", "importing/static_story.py",
        "if is_markdown and leaves_out_html", "if not is_markdown and leaves_out_html",
        "tests/commands/test_import_kept_parts.py::test_html_that_hugo_showed_nobody_holds_the_text",
    ),
    _guard(
        4, "the folder of an old site in its addresses", "importing/addresses.py",
        "return tuple(dict.fromkeys((*inner, *paths))) if folder", "return paths if folder",
        "tests/commands/test_import_addresses.py::test_the_addresses_of_a_site_in_a_folder_have_the_folder",
    ),
    _guard(
        4, "the folder of the paper in old addresses", "importing/addresses.py",
        "path.removeprefix(story.home) if", "path if",
        "tests/commands/test_import_addresses.py::"
        "test_an_old_address_at_the_host_of_the_paper_is_one_below_its_folder",
    ),
    _guard(
        4, "a picture of a static site in a folder of its host", "importing/media.py",
        'name[len(base) :] if name.startswith', 'name if name.startswith',
        "tests/commands/test_import_addresses.py::test_the_addresses_of_a_site_in_a_folder_have_the_folder",
    ),
    _guard(
        4, "writers in the settings of a static site", "importing/people.py",
        "found.setdefault(_key(key, kind), called)\n    return", "called\n    return",
        "tests/commands/test_import_writers.py::test_a_key_of_a_writer_is_as_its_system_looks_it_up",
    ),
    _guard(
        4, "the other collections of Jekyll", "importing/static_sites.py",
        'left += _collections(folder, roots, settings) if kind == "jekyll" else ()', 'left += ()',
        "tests/commands/test_import_seen.py::test_the_texts_of_the_other_collections_of_jekyll_are_told",
    ),
    _guard(
        4, "a time without a zone of a static site", "importing/static_story.py",
        "in_zone(moment(head[key]), settings.get(ZONES.get(kind, \"\")))", "moment(head[key])",
        "tests/commands/test_import_seen.py::test_a_time_without_a_zone_is_of_the_zone_of_its_site",
    ),
    _guard(
        4, "a picture of a static site with the name of a size", "importing/media.py",
        "folder, sized=False) for start", "folder, sized=True) for start",
        "tests/unit/importing/test_media.py::test_a_picture_with_the_name_of_a_size_is_no_size_where_an_editor_put_it",
    ),
    _guard(
        4, "a picture of WordPress with the name of a size", "importing/media.py",
        "sized=path not in whole)", "sized=True)",
        "tests/unit/importing/test_media.py::test_a_picture_with_the_name_of_a_size_is_no_size_where_an_editor_put_it",
    ),
    _guard(
        4, "a name that several pictures of elsewhere have", "importing/media.py",
        "if len(meant) > 1 or len(files[name]) > 1]", "if not meant]",
        "tests/commands/test_import_seen.py::test_a_picture_is_known_by_its_name_alone_where_that_is_of_one_picture",
    ),
    _guard(
        4, "the pages of a post of elsewhere", "importing/wordpress.py",
        ", *_of_pages(link, written))", ",)",
        "tests/commands/test_import_addresses.py::test_the_pages_of_a_post_lead_to_it",
    ),
    _guard(
        4, "the line that ends a front matter of elsewhere", "importing/foreign_front_matter.py",
        r"(?P<head>(?:.*+\n)*?)", r"(?P<head>(?s:.*?))",
        "tests/commands/test_import_legal.py::test_a_front_matter_ends_where_a_line_says_so",
    ),
    _guard(
        7, "keys of many names in TOML of elsewhere", "importing/foreign_front_matter.py",
        "if _LONG_KEY.search(text):", "if len(text) > 1_000_000:",
        "tests/commands/test_import_legal.py::test_a_key_of_toml_with_very_many_names_is_told",
    ),
    _guard(
        4, "what a front matter says twice", "importing/static_story.py",
        "if room and all(", "if room or all(",
        "tests/commands/test_import_words.py::test_what_a_front_matter_says_twice_is_told",
    ),
    _guard(
        4, "the usual author of Pelican", "importing/kept_back.py",
        'if isinstance(settings.get("AUTHOR"), str) else {}', 'if False else {}',
        "tests/commands/test_import_writers.py::test_articles_of_pelican_have_its_usual_author",
    ),
    _guard(
        4, "markup of elsewhere is told", "importing/static_sites.py",
        "(*ENDINGS, *OTHERS) and path.is_file()", "ENDINGS and path.is_file()",
        "tests/commands/test_import_legal.py::test_each_text_comes_or_is_told",
    ),
    _guard(
        4, "text that no reader saw", "importing/shapes.py",
        'if unseen and text_of(child):', 'if False:',
        "tests/commands/test_import_legal.py::test_text_that_no_reader_saw_is_told_where_it_is_shown",
    ),
    _guard(
        4, "HTML that cannot be read may hide", "importing/article_writer.py",
        '("import-hidden-text", "html-broken")', '("import-hidden-text",)',
        "tests/commands/test_import_kept_parts.py::test_html_that_cannot_be_read_shows_nothing_that_its_page_hid",
    ),
    _guard(
        4, "a style sheet that hides a part", "importing/html.py",
        'if sheet_hides(sheet) else', 'if False else',
        "tests/commands/test_import_kept_parts.py::test_a_part_that_an_editor_of_wordpress_turned_off_holds_the_post",
    ),
    _guard(
        4, "a link that nobody asked for", "importing/lost_words.py",
        'yield say("import-link-lost", address=link[:200])', 'pass',
        "tests/commands/test_import_words.py::test_a_link_that_nobody_asked_for_is_told",
    ),
    _guard(
        4, "what a page builder showed to some", "importing/wordpress.py",
        'for_some = partly or is_for_some', 'for_some = is_for_some',
        "tests/commands/test_import_words.py::test_words_that_a_page_builder_kept_are_told",
    ),
    _guard(
        4, "a field that names another author", "importing/wordpress_fields.py",
        'yield say("import-key", key=key, value=value[:MOST_TOLD])', 'pass',
        "tests/commands/test_import_words.py::test_fields_that_name_an_author_are_read_or_told",
    ),
    # what feeds say of their entries (4)
    _guard(
        4, "words of the pictures of a feed", "importing/feed_parser.py",
        "if not issubclass(theirs := getattr(api, name), _Apart):", "if False and not (theirs := getattr(api, name)):",
        "tests/commands/test_import_feeds.py::test_words_of_pictures_stay_with_them_and_replace_no_text",
    ),
    _guard(
        4, "who took part in an entry of a feed", "importing/feed.py",
        ", *_left(entry, [one for one in whole if one is not detail]))", ")",
        "tests/commands/test_import_feeds.py::test_all_who_took_part_come_or_are_told",
    ),
    _guard(
        4, "numbers of entries in two feeds", "importing/feed.py",
        "if not id or \":\" in id:", "if True:",
        "tests/commands/test_import_feeds.py::test_entries_of_two_feeds_with_one_number_both_come",
    ),
    _guard(
        4, "an address that several stories of a feed have", "importing/feed.py",
        " {title}\" if identity in shared else", "\" if identity in shared else",
        "tests/commands/test_import_feeds.py::test_stories_with_one_address_all_come_each_day",
    ),
    _guard(
        4, "addresses beside an entry of a feed", "importing/feed.py",
        "(*lost, *feed_media.addresses(entry, detail, picture))", "tuple(lost)",
        "tests/commands/test_import_feeds.py::test_addresses_beside_the_text_of_an_entry_are_told",
    ),
    _guard(
        4, "zones of a feed that were guessed", "importing/feed.py",
        "            *_unclear(entry),\n", "",
        "tests/commands/test_import_feeds.py::test_a_date_whose_zone_is_guessed_is_told",
    ),
    _guard(
        4, "dates of a feed that were guessed", "importing/feed.py",
        "and not SURE.fullmatch(said)", "and not SURE.search(said)",
        "tests/commands/test_import_feeds.py::test_a_date_is_the_one_that_is_meant_or_is_told",
    ),
    _guard(
        4, "dates of a feed that are ISO's", "importing/feed.py",
        "return said if _is_iso(said) else", "return",
        "tests/commands/test_import_feeds.py::test_a_date_is_the_one_that_is_meant_or_is_told",
    ),
    _guard(
        4, "each category of an entry", "importing/feed.py",
        "tags=tuple(name for name, _ in tags)", "tags=tuple(name for name, _ in tags[1:])",
        "tests/commands/test_import_feeds.py::test_each_category_of_an_entry_is_a_tag_by_the_name_that_is_shown",
    ),
    _guard(
        4, "what a feed has of its own", "importing/feed.py",
        "if (is_words and key not in PLACED) or key in", "if key in",
        "tests/commands/test_import_feeds.py::test_whatever_a_feed_has_of_its_own_is_told",
    ),
    _guard(
        4, "letters of a feed that were guessed", "importing/feed.py",
        "    if read_as in GUESSED and", "    if False and",
        "tests/commands/test_import_feeds.py::test_letters_that_were_guessed_are_told",
    ),
    _guard(
        4, "a story of another site with an address of one", "importing/article_writer.py",
        " if not renewed.is_another(place.title, one, place.moment)}", "}",
        "tests/commands/test_import_seen.py::test_a_story_of_another_site_with_an_address_of_one_comes_or_is_told",
    ),
    _guard(
        4, "a language that is no code", "importing/article_writer.py",
        "map(coded, _own_keys(archive.stories, self.lost))", "_own_keys(archive.stories, self.lost)",
        "tests/commands/test_import_seen.py::test_a_language_comes_however_a_plug_in_says_it_or_is_told",
    ),
    _guard(
        10, "what Blogger has a day in the bin for", "importing/blogger.py",
        'f"{status} TRASHED" if _of(entry, "trashed") else status', "status",
        "tests/commands/test_import_seen.py"
        "::test_an_export_of_blogger_by_takeout_has_its_labels_its_bin_and_its_towns",
    ),
    _guard(
        10, "styles of a post of Ghost of its own", "importing/ghost.py",
        'if any(sheet_hides(str(values.get(key) or "")) for key in LEFT):', "if False:",
        "tests/commands/test_import_seen.py"
        "::test_ghost_has_the_time_of_greenwich_and_its_posts_styles_of_their_own",
    ),
    _guard(
        10, "styles of other words that show nothing", "importing/kept_parts.py",
        "any(hides(unescape(one)) for one in styles)", "False",
        "tests/commands/test_import_seen.py::test_what_a_style_shows_to_nobody_is_held_in_whatever_words",
    ),
    _guard(
        4, "a story that may be another than the one there", "importing/renewed.py",
        "    if moment and is_another(title, other, moment):", "    if False:",
        "tests/commands/test_import_faults.py::test_a_story_of_another_archive_with_the_number_of_one_is_told",
    ),
    _guard(
        4, "an old address that no page can have", "importing/addresses.py",
        'yield say("import-address-lost", address=address[:MOST_TOLD])', 'pass',
        "tests/commands/test_import_addresses.py::test_an_old_address_that_no_page_can_have_is_told",
    ),
    _guard(
        4, "a token of Hugo that is not understood", "importing/permalinks.py",
        "values = [value(found) for", 'values = [value(found) or "" for',
        "tests/commands/test_import_addresses.py::test_an_address_that_is_not_known_is_told_as_it_is_made",
    ),
    _guard(
        4, "a slug that Pelican spells in Latin letters", "importing/permalinks.py",
        "is True or text.isascii()", "is True or True",
        "tests/unit/importing/test_permalinks.py::test_an_address_of_pelican",
    ),
    _guard(
        4, "a story that its archive holds back by now", "importing/renewed.py",
        'yield say("import-held-there")', 'pass',
        "tests/commands/test_import_again.py::test_what_changed_in_an_archive_is_told_by_a_second_run",
    ),
    _guard(
        4, "a story that was changed in its archive", "importing/renewed.py",
        "if updated and updated.replace(", "if False and updated.replace(",
        "tests/commands/test_import_again.py::test_what_changed_in_an_archive_is_told_by_a_second_run",
    ),
    _guard(
        4, "an address that a story has by now", "importing/renewed.py",
        'yield say("import-address-new", path=path)', 'pass',
        "tests/commands/test_import_again.py::test_what_changed_in_an_archive_is_told_by_a_second_run",
    ),
    _guard(
        4, "a story whose file was renamed", "importing/article_writer.py",
        "if twin := next((one for one in same.values()", "if twin := next((one for one in ()",
        "tests/commands/test_import_again.py::test_a_story_whose_file_was_renamed_comes_once",
    ),
    _guard(
        4, "letters of a feed", "importing/feed.py",
        "name = xml_text.encoding_of(raw)", "name = \"\"",
        "tests/commands/test_import_feeds.py::test_letters_are_those_of_the_bytes_and_not_of_the_server",
    ),
    _guard(
        4, "bad bytes of a feed", "importing/xml_text.py",
        "if bad * _FEW <= letters else", "if False else",
        "tests/commands/test_import_feeds.py::test_a_bad_byte_costs_itself_and_is_told",
    ),
    # a paper's own layouts, words and faces (4)
    _guard(
        4, "control characters of layouts", "layouts/sources.py", "if found := _CONTROLS.search(text):",
        "if found := None:", f"{REFUSED}::test_a_control_character_in_a_layout_is_told_with_its_line",
    ),
    _guard(
        4, "filters that end the program", "layouts/filters.py", "except SystemExit as error:",
        "except GeneratorExit as error:", f"{REFUSED}::test_a_filter_that_fails_is_told_in_few_words",
    ),
    _guard(
        4, "filters that end the program at once", "layouts/filters.py", "except (Exception, SystemExit) as error:",
        "except Exception as error:", f"{REFUSED}::test_a_filter_that_fails_is_told_in_few_words",
    ),
    _guard(
        4, "errors of filters in few words", "layouts/filters.py", "return said if len(said) <= LONGEST else",
        "return said if True else", f"{REFUSED}::test_a_filter_that_fails_is_told_in_few_words",
    ),
    _guard(
        4, "half a character in a part of a body", "layouts/layouts.py",
        "    _encoded(layouts.sources, name, text)\n", "",
        f"{REFUSED}::test_half_a_character_in_a_part_of_a_body_is_told",
    ),
    _guard(
        4, "words of a language of the paper's own", "config/strings.py", "for text in _misfits(every, merged)",
        "for text in ()", "tests/site/test_languages.py::test_the_words_of_a_language_of_ones_own_are_checked",
    ),
    _guard(
        4, "fonts that are damaged", "assets/fonts.py", "        if own is None:\n            raise\n",
        "        raise\n", LOOK_FILES,
    ),
    _guard(
        4, "fonts without letters", "assets/fonts.py", "if not any(table in font for table in OUTLINES):", "if False:",
        LOOK_FILES,
    ),
    _guard(
        4, "logos that are cut off", "assets/brand.py", "raw.startswith(PNG) and not _is_whole(raw)", "False",
        LOOK_FILES,
    ),
    _guard(
        4, "logos that no browser shows", "assets/brand.py", "if ElementTree.fromstring(raw).tag != SVG:", "if False:",
        LOOK_FILES,
    ),
    # what file systems and shells hand over (3, 4)
    _guard(
        4, "what may not be read", "build/unchanged.py",
        "except PermissionError as error:", "except ZeroDivisionError as error:",
        f"{SYSTEMS}::test_what_may_not_be_read_is_told_with_help",
    ),
    _guard(
        5, "no hidden base path", "config/settings.py", 'if "/." in path:', "if False:",
        f"{CONFIG}::test_a_wrong_address_is_explained_in_the_file_and_on_the_command_line",
    ),
    _guard(
        4, "numbers of 64 bits", "files/stamps.py",
        "return (number + (1 << 63)) % (1 << 64) - (1 << 63)", "return number",
        f"{SYSTEMS}::test_a_file_of_the_year_2300_costs_nothing",
        f"{SYSTEMS}::test_an_inode_that_is_a_hash_has_a_stamp",
    ),
    _guard(
        3, "a new article is whole", "content/new_article.py",
        "create_whole(path, story.text.encode())", "path.write_text(story.text)",
        f"{SYSTEMS}::test_a_new_article_is_there_whole_or_not_at_all",
    ),
    _guard(
        4, "closed streams", "__main__.py", "    _open_closed()\n", "",
        f"{SYSTEMS}::test_a_run_whose_streams_are_closed_ends_as_others_do",
    ),
    _guard(
        4, "a build process that cannot tell a name", "serve/build_process.py",
        "place = visible(os.fsdecode(error.filename)) if", "place = os.fsdecode(error.filename) if",
        f"{SYSTEMS}::test_a_build_that_stops_at_a_name_that_is_not_utf_8_is_an_answer",
    ),
    _guard(
        4, "a folder that cannot be told", "content/scan.py",
        "Problem(path=_plain(folder)", "Problem(path=folder",
        f"{SYSTEMS}::test_a_folder_that_cannot_be_read_can_be_told_whatever_its_name",
    ),
    _guard(
        4, "a title of nothing but U+FFFD", "feeds/html.py", ' or " ".join(typography.clean(text).split())', "",
        "tests/unit/feeds/test_feeds.py::test_a_title_that_could_not_be_read_ends_no_feed",
    ),
    _guard(
        4, "what cannot be printed", "cli.py", "OSError) and _is_in_printing(error)", "OSError) and False",
        f"{SYSTEMS}::test_what_cannot_be_printed_denies_nothing_that_was_done",
    ),
    _guard(
        9, "clean waits for a build of another cache", "commands/clean.py",
        "held.enter_context(lock_folder(folder))", "pass",
        f"{SYSTEMS}::test_clean_waits_for_no_build_and_disturbs_none",
    ),
    _guard(
        12, "a deploy of two sites", "commands/deploy.py", "if go and not is_the_same():", "if False:",
        f"{SYSTEMS}::test_a_deploy_during_which_the_site_is_built_says_so",
    ),
    # what web servers answer (4, 7)
    _guard(
        4, "a robots.txt that cannot be read", "check/external_links.py",
        "rules.parse(_rules(text))", "rules.parse(text.splitlines())",
        f"{WEB}::test_robots_that_cannot_be_read_hide_no_dead_link",
    ),
    _guard(
        4, "a redirect to no address", "importing/web.py",
        "except (ValueError, OverflowError) as error:", "except ZeroDivisionError as error:",
        f"{WEB}::test_a_link_that_leads_to_no_address_is_told_and_ends_nothing",
    ),
    _guard(
        4, "a feed in no encoding", "importing/feed.py",
        "except (ValueError, LookupError):", "except ZeroDivisionError:",
        f"{WEB}::test_a_feed_in_no_encoding_is_told",
    ),
    _guard(
        7, "marks in the wrong order", "model/normal_forms.py",
        "_LONG.sub(lambda run: _in_order(form, run[0]), text)", "text",
        "tests/unit/model/test_normal_forms.py::test_marks_that_stand_in_the_wrong_order_take_no_long_time",
    ),
    _guard(
        7, "a word that is wider than a card", "assets/shaping.py",
        """bisect_right(range(2, len(word) + 1), room, key=lambda length: width(word[:length] + ELLIPSIS)) + 1""",
        "next(end for end in range(len(word), 0, -1) if end == 1 or width(word[:end] + ELLIPSIS) <= room)",
        "tests/unit/assets/test_cards.py::test_a_headline_of_one_word_takes_no_long_time",
    ),
    _guard(
        7, "the body of a redirect", "importing/web.py", "        fp.close()  # the library", "        # the library",
        f"{WEB}::test_a_body_without_an_end_fills_no_memory",
    ),
    _guard(
        7, "the size of a whole answer", "importing/web.py", "        if self._left < 0:", "        if False:",
        f"{WEB}::test_a_body_without_an_end_fills_no_memory",
    ),
    _guard(
        7, "a host that never answers", "check/external_links.py",
        "        if self.silent == SILENT:", "        if False:",
        f"{WEB}::test_a_host_that_never_answers_is_not_waited_for_again_and_again",
    ),
    _guard(
        7, "one visitor to a host", "check/external_links.py",
        'return (urlsplit(url).hostname or "").rstrip(".")', "return urlsplit(url).netloc",
        f"{WEB}::test_another_name_or_port_of_a_user_makes_no_second_host",
    ),
    # what others left in the output and in the site's folder (3, 4, 12)
    _guard(
        12, "what lies behind a link is not sent", "commands/deploy.py", "    if missing:\n", "    if False:\n",
        f"{LEFT}::test_no_file_behind_a_link_in_the_output_is_sent",
    ),
    _guard(
        3, "a folder by its kind of rclone", "commands/deploy.py", 'place = LOCAL.sub("", target)', "place = target",
        f"{LEFT}::test_a_folder_that_rclone_is_given_by_its_kind_is_judged_too",
    ),
    _guard(
        4, "an edition that was altered", "commands/edition.py",
        "return read_plain(path).decode()", 'return path.read_text(encoding="utf-8", errors="replace")',
        f"{LEFT}::test_an_edition_that_is_not_as_it_was_built_is_told",
    ),
    _guard(
        12, "an edition of the manifest", "commands/edition.py",
        "return frozenset(read_manifest(folder))",
        'return frozenset(path.relative_to(folder).as_posix() for path in folder.rglob("*"))',
        f"{LEFT}::test_no_file_of_others_is_mailed_as_an_edition",
    ),
    _guard(
        12, "an edition behind a link", "commands/edition.py",
        "if os.path.realpath(path) != os.path.join(os.path.realpath(folder), name):", "if False:",
        f"{LEFT}::test_nothing_behind_a_link_is_mailed_as_an_edition",
    ),
    _guard(
        3, "check reads behind no link", "check/links.py", "if (output / name).is_symlink():", "if False:",
        f"{LEFT}::test_check_reads_nothing_behind_a_link",
    ),
    _guard(
        16, "a kept draft outlives what is typed", "desk/desk.js",
        "dirty() ? [...others, now] : others)", "dirty() ? [now] : [])",
        "tests/browser/test_desk.py::test_what_was_not_saved_outlives_what_is_typed_beside_it",
    ),
    _guard(
        16, "few connections of one address", "serve/server.py", "of_one > MOST_OF_ONE or", "False or",
        f"{SYSTEMS}::test_those_who_connect_and_say_nothing_keep_nobody_out",
    ),
    _guard(
        16, "a password that never ends", "serve/guard.py", "asyncio.timeout(SLOWEST_LOGIN)", "asyncio.timeout(None)",
        f"{SYSTEMS}::test_a_password_that_does_not_come_to_its_end_is_not_waited_for",
    ),
    _guard(
        2, "builds go on after one that could not begin", "serve/build_process.py",
        "except Exception as error:  # no process", "except WorkerDied as error:  # no process",
        "tests/commands/test_build_process.py::test_what_fails_once_ends_no_builds_for_good",
    ),
    _guard(
        16, "an undo is not denied", "desk/files.py",
        "with contextlib.suppress(OSError):  # it is done", "with contextlib.nullcontext():  # it is done",
        "tests/hostile/test_desk_folders.py::test_an_undo_is_not_denied_where_the_disk_keeps_the_old_version",
    ),
    _guard(
        16, "half a request ends", "serve/server.py",
        " or (waits and self._silences > MOST_SILENCES):", ":",
        f"{SYSTEMS}::test_a_request_of_which_no_more_comes_ends_and_a_slow_one_does_not",
    ),
    _guard(
        16, "a slow request does not end", "serve/server.py", "        self._silences = 0\n", "        pass\n",
        f"{SYSTEMS}::test_a_request_of_which_no_more_comes_ends_and_a_slow_one_does_not",
    ),
    _guard(
        16, "an answer that nobody takes ends", "serve/server.py", "waits = unsent or (", "waits = (",
        f"{SYSTEMS}::test_an_answer_that_nobody_takes_ends_and_one_that_is_taken_slowly_does_not",
    ),
    _guard(
        16, "an answer that is taken slowly stays", "serve/server.py", "answered = not unsent and (", "answered = (",
        f"{SYSTEMS}::test_an_answer_that_nobody_takes_ends_and_one_that_is_taken_slowly_does_not",
    ),
    _guard(
        16, "cookies of a stranger", "serve/guard.py", "self.door.is_in(cookies_of(request))",
        "self.door.is_in(request.cookies)",
        f"{SYSTEMS}::test_no_cookie_of_a_stranger_is_unquoted",
    ),
    _guard(
        16, "a silent connection ends", "serve/server.py",
        "if (answered and cycle is before) or (", "if (",
        f"{SYSTEMS}::test_those_who_connect_and_say_nothing_keep_nobody_out",
    ),
    _guard(
        9, "a desk waits for another build", "serve/build_process.py",
        "if time.perf_counter() - started > LONGEST_WAIT:", "if True:",
        f"{SYSTEMS}::test_a_desk_waits_for_the_build_of_another",
    ),
    _guard(
        9, "clean takes nothing that is shown", "commands/clean.py", "if (home / SHOWN).is_file():", "if False:",
        "tests/commands/test_serve.py::test_what_is_shown_is_not_cleaned_away",
    ),
    _guard(
        12, "a clean that was cut off, cache", "commands/clean.py", '(entry.name == "lock", entry.name)', "entry.name",
        "tests/commands/test_small_verbs.py::test_what_shows_whose_the_files_are_goes_last",
    ),
    _guard(
        12, "a clean that was cut off, output", "commands/clean.py", "sorted(gone, key=MANIFEST.__eq__)", "gone",
        "tests/commands/test_small_verbs.py::test_what_shows_whose_the_files_are_goes_last",
    ),
    _guard(
        3, "notes of copied layouts are whole", "layouts/copies.py",
        "write_whole(self.own / FOLDER / VERSIONS, text.encode())",
        "(self.own / FOLDER / VERSIONS).write_bytes(text.encode())",
        "tests/commands/test_layouts.py::test_on_a_full_disk_no_layout_is_half_and_no_note_is_lost",
    ),
    *(
        _guard(
            3, f"links out of the layouts, {what}", "layouts/copies.py", f"self._place({path})", f"self.own / {path}",
            "tests/commands/test_layouts.py::test_nothing_is_written_through_a_link_out_of_the_layouts",
        )
        for what, path in (("copies", "name"), ("notes", 'f"{FOLDER}/{name}"'))
    ),
    _guard(
        4, "clean leaves a mount", "commands/clean.py",
        "    with contextlib.suppress(OSError):\n        home.rmdir()", "    home.rmdir()",
        f"{HELD}::test_what_is_mounted_is_cleaned_and_stays",
    ),
    _guard(
        3, "clean takes caches away", "commands/clean.py", "if is_foreign(home):", "if False:",
        f"{LEFT}::test_clean_takes_no_folder_away_that_is_no_cache",
    ),
    _guard(
        4, "a password file without text", "commands/hosts.py",
        "line.decode().rstrip", 'line.decode(errors="replace").rstrip',
        f"{LEFT}::test_a_password_file_that_holds_none_is_told",
    ),
    # what somebody left in the folders that are written (3, 4, 13)
    _guard(
        3, "a manifest names nothing outside the output", "build/unchanged.py",
        "in_folders([*_named(output), *_foreign(previous.record)], folders)",
        "[*_named(output), *_foreign(previous.record)]",
        f"{DISK}::test_a_manifest_that_names_what_lies_elsewhere_takes_nothing_away",
    ),
    _guard(
        3, "a manifest names nothing outside the second tree", "output/staging.py",
        "in_folders({*_manifest(tree), MANIFEST, *record.carried}, folders)",
        "{*_manifest(tree), MANIFEST, *record.carried}",
        f"{DISK}::test_a_manifest_that_names_what_lies_elsewhere_takes_nothing_away",
    ),
    _guard(
        3, "a manifest holds plain relative paths", "output/manifest.py",
        "list(filter(is_inside, paths)) if any(odd in framed for odd in _ODD) else paths", "paths",
        f"{DISK}::test_a_manifest_counts_only_with_plain_relative_paths",
    ),
    _guard(
        3, "a cache folder that leads elsewhere", "build/entry.py",
        "request.home.is_symlink() or (request.home.exists() and not request.home.is_dir())", "False",
        f"{DISK}::test_a_cache_folder_that_is_none_or_leads_to_what_others_wrote_is_refused",
    ),
    _guard(
        3, "a pipe that takes the place of a file", "files/whole.py",
        'os.O_RDONLY | os.O_NONBLOCK), "rb", buffering=0', 'os.O_RDONLY), "rb", buffering=0',
        f"{DISK}::test_a_pipe_that_takes_the_place_of_a_file_after_the_scan_is_not_waited_for",
    ),
    _guard(
        4, "links that lead in a circle", "output/lock.py",
        "real = Path(os.path.realpath(output))", "real = output.resolve()",
        f"{DISK}::test_a_link_that_leads_in_a_circle_is_told",
        f"{DISK}::test_no_module_asks_pathlib_where_a_link_leads",
    ),
    _guard(
        4, "foreign files in another encoding", "check/links.py", ', errors="replace")', ")",
        f"{DISK}::test_a_foreign_file_in_the_output_may_hold_anything",
    ),
    _guard(
        13, "tables of the cache that are not ours", "cache/store.py",
        "if sorted(row[0] for row in made) != _TABLES:", "if False:",
        f"{DISK}::test_a_cache_with_tables_that_are_not_ours_is_emptied",
    ),
    _guard(
        13, "a pipe in the place of the cache", "cache/store.py",
        "_database(path) if path and path.is_file()", "_database(path) if path",
        f"{DISK}::test_whatever_stands_in_the_place_of_a_file_of_the_cache_costs_time_alone",
    ),
    _guard(
        13, "a cache that may not be written", "cache/store.py",
        "if path.is_symlink() or not path.is_file() or not os.access(path, os.R_OK | os.W_OK):", "if False:",
        f"{DISK}::test_a_cache_that_may_not_be_written_is_made_anew",
    ),
    _guard(
        13, "a garbled list of visited links", "check/external_links.py", " if _is_sound(verdict)}", "}",
        f"{DISK}::test_a_garbled_list_of_visited_links_is_none",
    ),
    # 1: a failed build changes nothing
    _guard(
        1, "stop before writing", "build/ready.py",
        "            if not request.skip_broken:\n                raise SiteError(found)\n",
        "",
        f"{OUTPUT}::test_a_swap_that_was_cut_off_is_undone_even_where_the_next_build_fails",
    ),
    _guard(
        1, "stop on what the plan shows", "build/ready.py",
        "    if any(not problem.warning for problem in problems):\n        raise SiteError",
        "    if False:\n        raise SiteError",
        f"{OUTPUT}::test_a_foreign_file_in_the_way_stops_the_build",
    ),
    # 2: a complete old or a complete new site
    _guard(
        2, "one exchange of whole trees", "output/swap.py", "    elif not renameat2(tree, output):", "    else:",
        f"{FAULTS}::test_a_commit_is_one_exchange_of_folders",
    ),
    _guard(
        2, "a cut-off swap is undone", "output/swap.py", "        os.rename(aside, output)  #", "        pass  #",
        f"{OUTPUT}::test_a_swap_that_was_cut_off_is_undone_even_where_the_next_build_fails",
    ),
    _guard(
        2, "never through a linked file", "output/swap.py", "os.O_CREAT | os.O_EXCL", "os.O_CREAT | os.O_TRUNC",
        f"{FAULTS}::test_on_a_full_disk_the_old_site_stays_and_the_next_build_heals",
    ),
    _guard(
        2, "a full disk is told", "build/entry.py",
        "raise OSError(errno_of(error, path), str(error), str(path)) from error", "raise",
        f"{FAULTS}::test_on_a_full_disk_the_old_site_stays_and_the_next_build_heals",
    ),
    _guard(
        2, "workers end with their build", "workers.py",
        "            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)", "            pass",
        f"{FAULTS}::test_no_worker_outlives_a_build_that_is_killed_alone",
    ),
    _guard(
        2, "an output that is a mount", "output/held.py",
        '        return say("held-mount-point")\n', "        pass\n",
        f"{HELD}::test_an_output_that_is_a_mount_point_is_built_file_by_file",
    ),
    _guard(
        2, "an output that is mounted elsewhere", "output/held.py",
        '            return say("held-mounted-elsewhere", place=mount.place)', "            pass",
        f"{HELD}::test_whoever_mounts_the_output_sees_each_build",
    ),
    _guard(
        2, "containers that mount the output", "output/held.py", "(*own, *_mounts_of_others())", "own",
        f"{HELD}::test_a_container_that_mounts_the_output_sees_each_build",
    ),
    _guard(
        2, "the manifest knows what a dead build put into a mount", "output/in_place.py",
        "        self._replace_manifest(manifest_of({*planned, *self.ours} - {MANIFEST}))", "        pass",
        f"{HELD}::test_a_build_that_dies_while_it_replaces_files_is_healed_by_the_next",
    ),
    _guard(
        2, "new files of a mount within the output wait on its disk", "output/in_place.py",
        "disk = max(filter(path.startswith, self._disks), key=len)", 'disk = ""',
        f"{HELD}::test_a_mount_within_the_output_takes_its_pages",
    ),
    _guard(
        12, "what comes while files are replaced in place", "output/in_place.py",
        "        self._look_again(planned, carried)\n", "",
        f"{HELD}::test_what_comes_while_files_are_replaced_one_by_one_is_told_and_in_the_way_of_a_page_stops_the_build",
    ),
    _guard(
        12, "what others put again into a new output", "output/swap.py",
        "!= known[path][:2]:", "!= stamp(os.lstat(target))[:2]:",
        f"{OUTPUT}::test_what_others_do_in_the_new_output_while_the_old_one_is_looked_through_stays",
    ),
    _guard(
        12, "what others do in a new output at once", "output/swap.py", " or known.get(path) == stamp(status))", ")",
        f"{OUTPUT}::test_what_others_do_in_the_new_output_while_the_old_one_is_looked_through_stays",
    ),
    _guard(
        2, "a second tree is of one output", "output/swap.py",
        'hashlib.blake2b(os.fsencode(output) + b"\\0", ', "hashlib.blake2b(",
        f"{OUTPUT}::test_a_preview_that_dies_after_its_commit_brings_nothing_into_the_other_output",
    ),
    _guard(
        2, "an output that came with an image", "output/held.py", "return error.errno == errno.EXDEV", "return False",
        f"{HELD}::test_what_came_with_the_image_of_a_container_is_built_upon",
    ),
    _guard(
        2, "a second tree that came with an image", "output/in_place.py",
        "            remove_folder(tree)  # one", "            pass  # one",
        f"{HELD}::test_what_came_with_the_image_of_a_container_is_built_upon",
    ),
    _guard(
        2, "a disk that makes no hard links, whatever it says", "output/swap.py",
        "    except OSError:\n        import shutil", "    except BlockingIOError:\n        import shutil",
        f"{OUTPUT}::test_without_hard_links_files_are_copied_and_keep_their_mtime",
    ),
    _guard(
        2, "a disk that cannot sync folders", "output/swap.py",
        "if error.errno not in (errno.EINVAL, errno.EBADF):", "if True:",
        f"{OUTPUT}::test_a_disk_that_cannot_sync_folders_is_built_on",
    ),
    _guard(
        12, "what comes while a build runs", "output/staging.py",
        "if carried or _has_moved(self.tree, self.folders):", "if False:",
        f"{OUTPUT}::test_what_others_put_into_the_output_while_a_build_runs_stays",
    ),
    _guard(
        12, "what came while a build ran is known to the next", "build/pipeline.py",
        "{*foreign, *staging.came}", "{*foreign}",
        f"{OUTPUT}::test_what_others_put_into_the_output_while_a_build_runs_stays",
    ),
    _guard(
        12, "what comes where a new page must be", "output/staging.py",
        "if in_way := standing_in_way(came, planned):", "if in_way := set[str]():",
        f"{OUTPUT}::test_what_comes_where_a_new_page_must_be_stops_the_build",
    ),
    _guard(
        12, "a file of others that becomes a folder", "output/swap.py", ' or _is_folder(f"{old}/{path}")', "",
        f"{OUTPUT}::test_a_file_of_others_may_become_a_folder_and_a_folder_a_link_while_a_build_runs",
    ),
    _guard(
        12, "a folder of others that becomes a link", "output/swap.py", "went = hidden | {", "went = {",
        f"{OUTPUT}::test_a_file_of_others_may_become_a_folder_and_a_folder_a_link_while_a_build_runs",
    ),
    _guard(
        12, "the newer of two files of others", "output/swap.py",
        " or (there > theirs and there != known[path][:2])", "",
        f"{OUTPUT}::test_what_others_replace_before_and_after_the_exchange_is_the_newer",
    ),
    _guard(
        12, "a file that goes while its folder is read", "files/stamps.py",
        "                    continue\n                yield folder",
        "                    return\n                yield folder",
        f"{OUTPUT}::test_a_file_that_goes_while_its_folder_is_read_hides_no_other",
    ),
    _guard(
        12, "our own pages are in nobody's way", "output/in_place.py",
        "there - self.live.keys() - self.ours - {MANIFEST}", "there - self.live.keys() - {MANIFEST}",
        f"{HELD}::test_a_page_that_is_put_back_while_files_are_replaced_stops_no_build",
    ),
    _guard(
        12, "what cannot be brought along", "output/staging.py",
        "            exchange(tree, output)\n        raise", "            pass\n        raise",
        f"{OUTPUT}::test_what_cannot_be_brought_along_stops_the_build_and_stays",
    ),
    _guard(
        12, "a disk that cannot say what is there", "output/swap.py",
        "    except (FileNotFoundError, NotADirectoryError):\n        return True",
        "    except OSError:\n        return True",
        f"{OUTPUT}::test_what_cannot_be_brought_along_stops_the_build_and_stays",
    ),
    _guard(
        12, "what goes while a build runs", "output/swap.py",
        'went = hidden | {path for path in carried if _is_gone(f"{old}/{path}") or _is_folder(f"{old}/{path}")}',
        "went: set[str] = set()",
        f"{OUTPUT}::test_what_others_take_out_of_the_output_while_a_build_runs_stays_away",
    ),
    _guard(
        12, "what goes before it is linked", "output/staging.py",
        "if path not in foreign:", "if True:",
        f"{OUTPUT}::test_what_others_take_out_of_the_output_while_a_build_runs_stays_away",
    ),
    _guard(
        1, "a rename that the system refuses", "output/swap.py",
        "            os.rename(aside, output)\n            raise", "            raise",
        f"{OUTPUT}::test_a_swap_by_renames_that_the_system_refuses_leaves_the_old_site",
    ),
    _guard(
        12, "nothing that comes meanwhile goes through a link", "output/swap.py",
        "        if os.path.realpath(folder) != folder:\n            continue\n", "",
        f"{OUTPUT}::test_what_comes_meanwhile_is_brought_through_no_link_and_over_no_page",
    ),
    _guard(
        2, "the twin of a first build that died", "output/staging.py",
        "remove_folder(_twin(self.tree), ignore_errors=True)", "pass",
        f"{OUTPUT}::test_a_first_build_that_dies_after_its_exchange_leaves_no_third_tree",
    ),
    _guard(
        2, "rights of the output", "output/staging.py",
        'give(f"{output}/{folder}", f"{tree}/{folder}")', "pass",
        f"{HELD}::test_mode_group_and_attributes_of_the_output_outlive_every_build",
    ),
    _guard(
        2, "pages are for a web server", "output/attributes.py", "before & ~0o055", "before",
        f"{HELD}::test_a_web_server_can_read_the_output_whatever_the_umask",
    ),
    _guard(
        2, "a deploy names what it will send", "hosting/deploy.py",
        '_announcement(scratch / "both", target, tool, here | before, more),\n', "",
        f"{DEPLOY}::test_after_any_cut_offs_a_whole_deploy_leaves_exactly_the_output",
    ),
    _guard(
        12, "what stands in the way at a target goes first", "hosting/deploy.py",
        "*removals(in_way, here, target, tool, empty, more),\n", "",
        f"{DEPLOY}::test_a_folder_at_the_target_becomes_a_file_and_a_file_a_folder",
    ),
    _guard(
        2, "a disk that knows no case", "output/staging.py",
        "if not is_one_file(tree, path, spellings.get(path.casefold())):", "if True:",
        "tests/laws/test_output.py::test_a_name_of_which_only_the_case_changes_stays_on_a_disk_that_knows_no_case",
    ),
    _guard(
        2, "a mounted disk that knows no case", "output/in_place.py",
        "in_way |= {path for path in gone if path.casefold() in spellings}", "pass",
        "tests/laws/test_held_output.py::test_a_name_of_which_only_the_case_changes_comes_when_the_old_one_has_gone",
    ),
    _guard(
        12, "a target that knows no case", "hosting/deploy.py",
        "*_again(output, alike, target, tool, more)),", "),",
        f"{DEPLOY}::test_a_name_of_which_only_the_case_changes_stays_at_a_target_that_knows_no_case",
    ),
    _guard(
        12, "a target that hides the manifest", "commands/deploy.py",
        "if not before and not _manifest(", "if not before and not True and not _manifest(",
        f"{DEPLOY}::test_a_target_that_hides_the_manifest_is_told_before_any_page_is_sent",
    ),
    _guard(
        12, "a target that keeps no times", "hosting/deploy.py",
        '"Hashes"] else ("--ignore-times",)', '"Hashes"] else ()',
        f"{DEPLOY}::test_a_target_that_keeps_no_times_is_sent_changes_of_equal_size",
    ),
    _guard(
        12, "a home folder of a host is not its root", "hosting/deploy.py", "target.endswith((':', '/'))",
        "target.endswith('/')", f"{DEPLOY}::test_a_home_folder_of_another_host_is_not_its_root",
    ),
    _guard(
        12, "two deploys at once", "commands/deploy.py", "                ending()\n", "                pass\n",
        f"{DEPLOY}::test_of_two_deploys_at_once_none_forgets_what_the_other_sent",
    ),
    _guard(
        2, "a deploy without its manifest", "commands/deploy.py",
        '    raise UsageError(say("manifest-not-fetched"', '    return ""\n    raise UsageError(say("no-target"',
        f"{DEPLOY}::test_a_manifest_that_cannot_be_fetched_stops_the_deploy",
    ),
    _guard(
        12, "names that rclone passes over", "commands/deploy.py", "if odd := ", "if odd := () and ",
        f"{DEPLOY}::test_a_name_that_rclone_passes_over_is_told_before_anything_is_sent",
    ),
    _guard(
        15, "a file is moved to a name that no system has", "content/moving.py",
        'raise UsageError(say("move-name-refused", name=part, why=trouble))', 'pass',
        "tests/commands/test_move.py::test_what_cannot_be_moved_is_refused_and_nothing_changes",
    ),
    _guard(
        3, "a path that rsync takes for a comment", "hosting/deploy.py", '(b"./", b"\\0")', '(b"", b"\\0")',
        f"{DEPLOY}::test_after_any_cut_offs_a_whole_deploy_leaves_exactly_the_output",
    ),
    _guard(
        5, "a long address for nginx", "hosting/server_config.py", "LONGEST_LOCATION = 255", "LONGEST_LOCATION = 4000",
        "tests/outside/test_hosts.py::test_a_server_reads_each_old_address_as_it_is",
    ),
    _guard(
        5, "an address in the Caddyfile", "hosting/server_config.py", "{_caddy_source(source)} ", '\\"{source}\\" ',
        "tests/outside/test_hosts.py::test_no_address_acts_on_the_file_of_a_host",
    ),
    # 3: nothing outside is read or written
    _guard(
        3, "links that leave the content", "content/scan.py", "if entry.is_symlink() and not", "if False and not",
        f"{FILES}::test_a_link_that_leaves_the_content_is_not_followed",
    ),
    _guard(
        3, "pipes and devices", "content/scan.py", "if not stat.S_ISREG(status.st_mode):", "if False:",
        f"{FILES}::test_pipes_sockets_and_devices_are_refused_and_never_opened",
    ),
    _guard(
        3, "an output that is a link", "output/lock.py", "if output.is_symlink():", "if False:",
        f"{OUTPUT}::test_an_output_that_is_a_link_is_refused",
    ),
    _guard(
        3, "an output above what is read", "output/lock.py", "above = other == real or other.is_relative_to(real)",
        "above = other == real", f"{OUTPUT}::test_an_output_that_is_or_holds_or_lies_in_what_a_build_reads_is_refused",
    ),
    _guard(
        3, "hits through a link", "commands/most_read.py",
        "    write_whole(path, text.encode())\n",
        '    new = path.with_name(f".{path.name}.new")\n    new.write_text(text)\n    new.replace(path)\n',
        f"{COMMANDS}::test_hits_are_written_through_no_link_of_the_content",
    ),
    _guard(
        3, "an output of the system", "output/lock.py", "if _is_of_the_system(real):", "if False:",
        f"{OUTPUT}::test_an_output_that_belongs_to_the_system_is_refused",
    ),
    _guard(
        3, "a new story through a link", "content/new_article.py",
        "is_relative_to(os.path.realpath(root / story.content)):", "is_relative_to(os.path.realpath(root)):",
        f"{COMMANDS}::test_a_new_story_waits_for_no_pipe_and_leaves_the_site_by_no_link",
    ),
    _guard(
        3, "an import through a link", "importing/article_writer.py",
        "is_relative_to(os.path.realpath(self.root / self.config.content)):",
        "is_relative_to(os.path.realpath(self.root)):",
        "tests/commands/test_import_faults.py::test_nothing_is_brought_through_a_link_of_the_content",
    ),
    _guard(
        3, "a deploy into what is read", "commands/deploy.py",
        "if real == site or not ours.isdisjoint((real, *real.parents)) or", "if real == site or",
        f"{DEPLOY}::test_mistakes_are_said",
    ),
    _guard(
        3, "names at a target", "hosting/deploy.py", 'lines = printed.split("\\n")', "lines = printed.splitlines()",
        f"{DEPLOY}::test_no_name_at_the_target_stands_for_another_file",
    ),
    _guard(
        3, "an output inside what is read", "output/lock.py", "if above or inside or", "if above or",
        f"{OUTPUT}::test_an_output_that_is_or_holds_or_lies_in_what_a_build_reads_is_refused",
    ),
    _guard(
        3, "a link where a page must go", "output/staging.py",
        "in_way or (path in places and path in self._odd)", "in_way",
        f"{OUTPUT}::test_a_link_where_a_page_must_go_is_not_written_through",
    ),
    _guard(
        3, "pictures outside the content", "model/names.py", 'if not target.startswith(content + "/"):', "if False:",
        WRONG_LINE,
    ),
    _guard(
        3, "aliases that lead up", "model/names.py", '".." in segments or "." in segments', "False",
        WRONG_LINE,
    ),
    _guard(
        3, "a move stays below content", "content/moving.py",
        'if not path.startswith(content + "/") or any(', "if any(",
        "tests/commands/test_move.py::test_what_cannot_be_moved_is_refused_and_nothing_changes",
    ),
    _guard(
        3, "a move through a link", "content/moving.py",
        "if (root / old).is_symlink() or not Path(os.path.realpath(path)).is_relative_to(base):", "if False:",
        "tests/commands/test_move.py::test_links_to_and_through_are_refused",
    ),
    _guard(
        3, "a move that fails is undone", "content/moving.py", "for step in reversed(done):", "for step in done[:0]:",
        "tests/commands/test_move.py::test_a_rename_that_can_never_be_done_leaves_every_link_as_it_was",
    ),
    _guard(
        4, "a write is not denied for what stays beside it", "messages/errors.py", "error.add_note(WRITTEN)", "pass",
        "tests/site/test_moved.py::test_a_build_that_is_stopped_after_it_wrote_lines_does_not_deny_them",
    ),
    _guard(
        3, "a mend over what changed meanwhile", "files/whole.py",
        "if read_plain(path) != before:", "if False:",
        "tests/commands/test_fix.py::test_a_file_that_changed_meanwhile_is_not_written_over",
    ),
    _guard(
        3, "a mend changes nothing else", "check/fixes.py",
        "        if not _is_sound(was, reading, may):\n", "        if False:\n",
        "tests/commands/test_fix.py::test_what_may_be_meant_in_another_way_stays",
    ),
    _guard(
        3, "paths of the settings", "config/folders.py",
        "if not trouble and home not in resolved.parents:", "if False:",
        f"{CONFIG}::test_output_never_leaves_the_folder_of_the_site",
    ),
    _guard(
        3, "what takes the place of a file", "content/scan.py",
        "if input_stamp(os.fstat(file.fileno())) != mark:", "if False:",
        f"{FILES}::test_what_takes_the_place_of_a_file_after_it_was_looked_at_is_not_read",
    ),
    _guard(
        3, "a feed is no name of a file", "importing/feed_parser.py",
        "feedparser.parse(BytesIO(raw),", "feedparser.parse(raw,",
        f"{COMMANDS}::test_a_feed_is_never_taken_for_the_name_of_a_file",
    ),
    _guard(
        3, "links in what is imported", "importing/site_settings.py",
        "if not Path(os.path.realpath(path)).is_relative_to(", "if False and not (",
        f"{COMMANDS}::test_a_folder_that_is_imported_brings_no_file_from_outside",
    ),
    _guard(
        3, "a deadline for a whole answer", "importing/web.py",
        "self._line.settimeout(self._limits.left())", "self._line.settimeout(30)",
        "tests/commands/test_import_faults.py::test_one_deadline_holds_for_a_whole_answer",
    ),
    _guard(
        3, "what was behind a password", "importing/wordpress.py",
        'if _text(item, "post_password"):', "if False:",
        "tests/commands/test_import_faults.py::test_what_nobody_could_read_comes_as_a_draft_and_is_told",
    ),
    _guard(
        3, "blocks that nobody saw", "importing/wordpress.py",
        '_text(item, "status") == "publish" and not _text(item, "post_password")', "True",
        "tests/commands/test_import_faults.py::test_a_block_that_nobody_saw_stays_out_of_the_posts_that_name_it",
    ),
    _guard(
        3, "what Hugo showed to nobody", "importing/kept_back.py",
        'if status in ("hidden", "skip") or _is_hidden(head, kind):', 'if status in ("hidden", "skip"):',
        "tests/commands/test_import_languages.py::test_what_hugo_showed_to_nobody_comes_as_a_draft",
    ),
    _guard(
        3, "a language that was turned off", "importing/static_story.py",
        "if language not in languages.off else", "if True else",
        "tests/commands/test_import_languages.py::test_what_hugo_showed_to_nobody_comes_as_a_draft",
    ),
    _guard(
        3, "every word for no", "importing/kept_back.py",
        'no(head.get("published")) or', 'head.get("published") is False or',
        "tests/commands/test_import_kept_back.py::test_every_word_for_no_holds_a_post_of_jekyll",
    ),
    _guard(
        3, "every word for yes", "importing/kept_back.py",
        'yes(head.get("draft")) or', 'head.get("draft") is True or',
        "tests/commands/test_import_kept_back.py::test_every_word_for_yes_and_no_holds_an_article_of_hugo",
    ),
    _guard(
        3, "what a section hands down", "importing/static_story.py",
        "            found |= one.values", "            pass",
        "tests/commands/test_import_kept_back.py::test_what_a_section_of_hugo_hands_down_holds_its_pages",
    ),
    _guard(
        3, "a language that YAML turns off", "importing/languages.py",
        "isinstance(disabled, list | tuple)", "isinstance(disabled, list)",
        "tests/commands/test_import_kept_back.py::test_a_language_that_yaml_turns_off_holds_its_pages",
    ),
    _guard(
        3, "files of which a site made no page", "importing/static_sites.py",
        "if told is None and _leaves(", "if False and _leaves(",
        "tests/commands/test_import_kept_back.py::test_a_file_of_which_its_site_made_no_page_is_told",
    ),
    _guard(
        3, "names that Jekyll passes over", "importing/kept_back.py",
        "if part.startswith(SPECIAL)]", "if False]",
        "tests/commands/test_import_kept_back.py::test_a_file_of_which_its_site_made_no_page_is_told",
    ),
    _guard(
        3, "files that Hugo does not mount", "importing/static_sites.py",
        "return not is_mounted(mount, inner) or any", "return any",
        "tests/commands/test_import_kept_back.py::test_a_file_of_which_its_site_made_no_page_is_told",
    ),
    _guard(
        3, "dates of Hugo by other keys", "importing/static_story.py",
        "with_dates(with_name(head, settings, stem), settings) if kind", "head if kind",
        "tests/commands/test_import_kept_back.py::test_each_key_by_which_hugo_holds_or_takes_away_a_page_does",
    ),
    _guard(
        3, "a date that cannot be read", "importing/article_writer.py",
        "            return True, say(\"import-date-unclear\"", "            return False, say(\"import-date-unclear\"",
        "tests/commands/test_import_kept_back.py::test_each_key_by_which_hugo_holds_or_takes_away_a_page_does",
    ),
    _guard(
        3, "comments of kramdown", "importing/templates.py",
        "    text = without(text, _KRAMDOWN, ", "    text = without(text, _HIGHLIGHT, ",
        "tests/commands/test_import_kept_back.py::test_a_comment_of_a_template_stays_with_its_writers",
    ),
    _guard(
        3, "shortcodes that show a text to some", "importing/wordpress_texts.py",
        "if has_for_some(text) or any(", "if any(",
        "tests/commands/test_import_kept_back.py::test_what_a_shortcode_keeps_for_some_holds_the_post",
    ),
    _guard(
        3, "parts that an editor turned off", "importing/kept_parts.py",
        'bool(_OFF.search(text) or _GATE.search(text))', 'bool(_GATE.search(text))',
        "tests/commands/test_import_kept_parts.py::test_a_part_that_an_editor_of_wordpress_turned_off_holds_the_post",
    ),
    _guard(
        3, "tags that may keep what comes behind them", "importing/kept_parts.py",
        'bool(_OFF.search(text) or _GATE.search(text))', 'bool(_OFF.search(text))',
        "tests/commands/test_import_kept_parts.py::test_a_part_that_an_editor_of_wordpress_turned_off_holds_the_post",
    ),
    _guard(
        3, "tags with names in any letters", "importing/kept_parts.py",
        "(?P<name>[^\\s\\[\\]{}<>%]{1,80}?)", "(?P<name>[a-z0-9_/.-]{1,80}?)",
        "tests/commands/test_import_kept_parts.py::test_what_a_tag_of_a_static_site_may_have_hidden_holds_the_text",
    ),
    _guard(
        4, "blocks that showed the value of a field", "importing/wordpress_texts.py",
        " or _is_bound(metadata)", "",
        "tests/commands/test_import_kept_parts.py::test_fields_of_plug_ins_that_show_a_text_to_some_hold_the_post",
    ),
    _guard(
        3, "fields of blocks that show them to some", "importing/wordpress_texts.py",
        "    return any(is_field_for_some(key, value) for key, value in inner.items())", "    return False",
        "tests/commands/test_import_kept_parts.py::test_fields_of_plug_ins_that_show_a_text_to_some_hold_the_post",
    ),
    _guard(
        3, "style sheets of a post of its own", "importing/wordpress_texts.py",
        "if any(map(sheet_hides, sheets)):", "if False:",
        "tests/commands/test_import_kept_parts.py::test_fields_of_plug_ins_that_show_a_text_to_some_hold_the_post",
    ),
    _guard(
        4, "fields that remember and are for no members", "importing/kept_parts.py",
        "|logged_?in|(?<!re)member|", "|logged_?in|member|",
        "tests/commands/test_import_kept_parts.py::test_fields_of_plug_ins_that_show_a_text_to_some_hold_the_post",
    ),
    _guard(
        4, "tags in comments of a template, which go", "importing/static_story.py",
        'body if kind == "pelican" else without_comments(body, kind)', "body",
        "tests/commands/test_import_kept_parts.py::test_what_a_tag_of_a_static_site_may_have_hidden_holds_the_text",
    ),
    _guard(
        4, "stories at an address of the site after a move", "importing/article_writer.py",
        "for key in {own, *(alias_key(alias.target) for alias in article.aliases)}",
        "for key in {alias_key(alias.target) for alias in article.aliases}",
        "tests/commands/test_import_seen.py::"
        "test_an_export_of_after_a_move_to_another_host_brings_no_story_twice",
    ),
    _guard(
        4, "a form for letters is no text", "importing/shapes.py",
        " kg-signup-card ", " ",
        "tests/commands/test_import_kept_parts.py::test_a_form_for_letters_of_ghost_holds_no_text_and_its_words_are_told",
    ),
    _guard(
        4, "pictures behind any text", "importing/shapes.py",
        '_begin(child, Node("img", {"src": found[1]}))', "pass",
        "tests/unit/importing/test_shapes.py",
    ),
    _guard(
        3, "fields of posts that show them to some", "importing/wordpress_texts.py",
        "if has_for_some(text) or any(is_field", "if has_for_some(text) or False and any(is_field",
        "tests/commands/test_import_kept_parts.py::test_fields_of_plug_ins_that_show_a_text_to_some_hold_the_post",
    ),
    _guard(
        3, "keys of a front matter that show it to some", "importing/kept_back.py",
        "or any(is_field_for_some(key, value) for key, value in said.items()):", "or False:",
        "tests/commands/test_import_kept_parts.py::test_keys_that_lock_a_page_hold_it",
    ),
    _guard(
        3, "attributes without quotes that show nothing", "importing/kept_parts.py",
        "(?:[\\\"'](?:[^<>\\\"']{{0,200}}?\\s)??)?(?:{_CLASSES})",
        "(?:[\\\"'](?:[^<>\\\"']{{0,200}}?\\s)??)(?:{_CLASSES})",
        "tests/commands/test_import_kept_parts.py::test_what_a_tag_of_a_static_site_may_have_hidden_holds_the_text",
    ),
    _guard(
        4, "settings of Pelican that change", "importing/site_settings.py",
        "            changed |= HIDING &", "            changed |= set() &",
        "tests/commands/test_import_kept_parts.py::test_settings_of_pelican_that_are_not_understood_are_told",
    ),
    _guard(
        10, "what a second import brings anew", "commands/import_.py",
        "for path in sorted(writer.written) if writer.present]", "for path in ()]",
        "tests/commands/test_import_faults.py::test_a_second_run_names_what_it_brings_anew",
    ),
    _guard(
        3, "what a report replaces", "commands/import_.py",
        "_option, path: _may_write(path)", "_option, path: path",
        "tests/commands/test_import_faults.py::test_a_report_replaces_only_a_report",
    ),
    _guard(
        10, "what Ghost sends by mail alone", "importing/ghost.py",
        'or values.get("email_only")', "",
        "tests/commands/test_import_faults.py::test_what_ghost_sent_or_kept_for_some_comes_as_a_draft_and_is_told",
    ),
    _guard(
        10, "every word for yes of Blogger", "importing/blogger.py",
        '.strip().lower() not in NO for one', '.strip() == "yes" for one',
        "tests/commands/test_import_legal.py::test_entries_of_blogger_in_other_forms_come_or_are_told",
    ),
    _guard(
        3, "parts that a tag says to hide", "importing/kept_parts.py",
        "(?:disable_element|disabled|draft|hidden|private)=", "(?:disable_element|disabled)=",
        "tests/commands/test_import_kept_parts.py::test_what_a_tag_of_a_static_site_may_have_hidden_holds_the_text",
    ),
    _guard(
        3, "tags that nobody knows", "importing/kept_parts.py",
        'name not in _SHOWS and not name.startswith(_BUILDERS) for', 'False for',
        "tests/commands/test_import_kept_parts.py::test_what_a_tag_of_a_static_site_may_have_hidden_holds_the_text",
    ),
    _guard(
        3, "parts that a block of several posts hides", "importing/wordpress.py",
        " or is_for_some(with_shared(written, export.kept.blocks), {})", "",
        "tests/commands/test_import_kept_back.py::test_a_part_that_wordpress_hid_or_kept_for_some_holds_the_post",
    ),
    _guard(
        4, "blocks and clocks that lock nothing", "importing/kept_parts.py",
        "(?<![bc])lock", "lock",
        "tests/commands/test_import_kept_back.py::test_a_part_that_wordpress_hid_or_kept_for_some_holds_the_post",
    ),
    _guard(
        3, "blocks that nobody knows", "importing/kept_parts.py",
        '(encloses and bool(slash) and space not in _BLOCKS)', 'False',
        "tests/commands/test_import_kept_parts.py::test_a_part_that_an_editor_of_wordpress_turned_off_holds_the_post",
    ),
    _guard(
        3, "classes that show nothing", "importing/shapes.py",
        'or classes & UNSEEN_CLASSES or', 'or',
        "tests/commands/test_import_kept_parts.py::test_a_part_that_an_editor_of_wordpress_turned_off_holds_the_post",
    ),
    _guard(
        3, "a page behind a password", "importing/kept_back.py",
        'for key in LOCKS):', 'for key in ()):',
        "tests/commands/test_import_kept_parts.py::test_keys_that_lock_a_page_hold_it",
    ),
    _guard(
        3, "which default of Jekyll counts", "importing/kept_back.py",
        "in sorted(fitting, key=lambda one: one[:2]):", "in fitting:",
        "tests/commands/test_import_kept_parts.py::test_the_default_of_the_longest_path_counts_in_jekyll",
    ),
    _guard(
        3, "a post that led elsewhere", "importing/kept_back.py",
        'head.get("redirect_to")', 'head.get("")',
        "tests/commands/test_import_kept_parts.py::test_what_jekyll_sent_elsewhere_and_pelican_wrote_nowhere_is_held",
    ),
    _guard(
        3, "an article that was written nowhere", "importing/kept_back.py",
        'head.get("save_as") == ""', 'head.get("save_as") == " "',
        "tests/commands/test_import_kept_parts.py::test_what_jekyll_sent_elsewhere_and_pelican_wrote_nowhere_is_held",
    ),
    _guard(
        3, "a status in a path", "importing/kept_back.py",
        "    if names_status(settings):", "    if False:",
        "tests/commands/test_import_kept_parts.py::test_a_status_that_pelican_reads_in_a_path_holds_all_that_say_none",
    ),
    _guard(
        3, "settings of Jekyll by each name", "importing/site_settings.py",
        'JEKYLL_FILES = ("_config.yml", "_config.yaml", "_config.toml")', 'JEKYLL_FILES = ("_config.yml",)',
        "tests/commands/test_import_kept_parts.py::test_settings_of_jekyll_are_read_under_each_of_their_names",
    ),
    _guard(
        3, "settings of Hugo in its folders", "importing/site_settings.py",
        'for environment in ("_default", "production"):', 'for environment in ("_default",):',
        "tests/commands/test_import_kept_parts.py::test_settings_of_hugo_are_read_wherever_it_reads_them",
    ),
    _guard(
        3, "text that a page hid", "importing/article_writer.py",
        'if any(note.message.id in ("import-hidden-text", "html-broken") for note in notes):', 'if False:',
        "tests/commands/test_import_kept_parts.py::test_text_that_a_page_of_ghost_hid_holds_it",
    ),
    _guard(
        3, "notes in the place of an address", "importing/markdown_text.py",
        '\\]:[ \\t]{0,9}(?:\\n[ \\t>]{0,20})?"', '\\]:[ \\t]{0,9}"',
        "tests/commands/test_import_kept_parts.py::test_a_note_in_the_place_of_an_address_is_shown_to_nobody",
    ),
    _guard(
        3, "notes of kramdown", "importing/markdown_text.py",
        'if system == "jekyll" else masked', "if None else masked",
        "tests/commands/test_import_kept_parts.py::test_whatever_stands_behind_a_name_of_kramdown_is_an_address",
    ),
    _guard(
        3, "pictures in the bin", "importing/wordpress.py",
        'is_shown=_text(item, "status") not in NOT_SEEN', 'is_shown=True',
        "tests/commands/test_import_kept_parts.py::test_a_gallery_shows_no_picture_that_was_in_the_bin_or_private",
    ),
    _guard(
        3, "when a post was to be taken away", "importing/wordpress.py",
        "expires=_expires(meta)", 'expires=""',
        "tests/commands/test_import_kept_back.py::test_fields_of_wordpress_hold_a_post_or_take_it_away",
    ),
    _guard(
        10, "a list that leaves with its last story", "site/addresses.py",
        "frozenset((own | lost) - shown | waiting)", "frozenset(own - shown | waiting)",
        "tests/site/test_passing_hours.py::test_a_list_that_leaves_with_its_last_story_stops_no_build",
    ),
    _guard(
        10, "a short link that leaves with its story", "site/addresses.py",
        "    own |= {path for one in away for path in paths_of(one)}\n", "",
        "tests/site/test_passing_hours.py::test_a_list_that_leaves_with_its_last_story_stops_no_build",
    ),
    _guard(
        4, "captions and posters of a held film", "site/assemble.py",
        "                        self.player(article, player, warning=warning)",
        "                        players.recording(self.resolver, article.source, player, warning=warning)",
        "tests/site/test_passing_hours.py::test_what_stands_beside_a_film_of_a_held_story_is_judged_before_its_hour",
    ),
    _guard(
        4, "data of a held story", "site/assemble.py",
        "self.held_data += () if warning else data", "self.held_data += ()",
        "tests/site/test_passing_hours.py::test_data_of_a_held_story_is_read_before_its_hour",
    ),
    _guard(
        4, "an address that is free only after a held story's hour", "pages/conflicts.py",
        "if path not in ends or ends[path] > article.published:", "if path not in ends:",
        "tests/site/test_passing_hours.py::test_two_that_want_one_address_some_day_are_told_before",
    ),
    _guard(
        10, "the most read stories that leave", "site/addresses.py",
        "moving(hidden, most_read)", "set()",
        "tests/site/test_passing_hours.py::test_what_moves_with_a_story_leaves_with_it",
    ),
    _guard(
        4, "strings of a held story", "build/load.py",
        "sorted(wanted | held)", "sorted(wanted)",
        "tests/site/test_passing_hours.py::test_the_strings_of_a_held_story_are_judged_before_its_hour",
    ),
    _guard(
        4, "an old address of a held story that is a list of its day", "pages/conflicts.py",
        "    others |= {path for article in site.selection.held for path in paths_of(article)}\n", "",
        "tests/site/test_passing_hours.py::test_an_old_address_of_a_held_story_may_be_no_list_of_its_day",
    ),
    _guard(
        4, "an old address that is a section's month", "pages/lists.py",
        'kind if kind == "most-read" else kind.partition("-")[0]', "kind",
        "tests/site/test_passing_hours.py::test_an_old_address_that_is_a_list_is_named",
    ),
    _guard(
        4, "numbers of sites of one host", "importing/wordpress.py", "export.folder, id", "id",
        "tests/commands/test_import_again.py::test_sites_of_one_host_have_numbers_of_their_own",
    ),
    _guard(
        4, "words of a playlist", "importing/wordpress_texts.py", "said = file.caption or file.title", "said = ''",
        "tests/unit/importing/test_shapes.py::test_shortcodes_and_shared_blocks_of_wordpress_come",
    ),
    _guard(
        4, "an address that [embed] has as a value", "importing/wordpress_texts.py",
        "_address(values.get('src', ''))", "''",
        "tests/unit/importing/test_shapes.py::test_shortcodes_and_shared_blocks_of_wordpress_come",
    ),
    _guard(
        4, "addresses of shortcodes in HTML", "importing/wordpress_texts.py",
        'html.escape(written.replace("&amp;", "&"))', "html.escape(written)",
        "tests/unit/importing/test_shapes.py::test_addresses_of_shortcodes_are_html_or_as_they_are",
    ),
    _guard(
        4, "words that are values of a block", "importing/wordpress_texts.py",
        'return whole + own if values.get("content") else whole', "return whole",
        "tests/commands/test_import_words.py::test_words_that_are_values_of_a_block_are_told",
    ),
    _guard(
        4, "the speaker of a quotation within one", "importing/to_markdown.py",
        'elif isinstance(child, Node) and child.tag != "blockquote":', "elif isinstance(child, Node):",
        "tests/unit/importing/test_to_markdown.py::test_nobody_is_named_for_the_quotation_round_theirs",
    ),
    _guard(
        4, "an author by their own login", "importing/wordpress.py",
        'if name.startswith("cap-") else ""', "if True else None",
        "tests/commands/test_import_kept_back.py::test_a_post_is_credited_to_those_who_wrote_it",
    ),
    _guard(
        4, "where a fence opens", "importing/markdown_text.py",
        "opening = _FENCE.match(line)", "opening = re.match(r\"(?P<fence>`{3,}(?=[^`]*$)|~{3,})\", bare)",
        "tests/commands/test_import_words.py::test_a_fence_on_the_line_of_an_item_ends_where_it_ends",
    ),
    _guard(
        4, "a number that two posts have", "importing/article_writer.py",
        "yield replace(story, key=", "yield replace(story, origin=",
        "tests/commands/test_import_words.py::test_two_posts_of_one_number_both_come_and_one_that_stands_twice_comes_once",
    ),
    _guard(
        4, "words under a lead picture", "importing/front_matter.py",
        "if said := \" | \".join(", "if said := \"\" and \" | \".join(",
        "tests/commands/test_import_words.py::test_words_of_a_lead_picture_and_a_second_summary_come_or_are_told",
    ),
    _guard(
        4, "letters that cannot be read", "importing/xml_text.py",
        "    if broken:", "    if False:",
        "tests/commands/test_import_words.py::test_letters_that_cannot_be_read_are_told",
    ),
    _guard(
        3, "defaults of Jekyll", "importing/kept_back.py",
        "if of_type and (not path or fits(", "if False and (not path or fits(",
        "tests/commands/test_import_kept_back.py::test_defaults_of_jekyll_and_names_without_a_date_hold_posts",
    ),
    _guard(
        3, "names without a date", "importing/static_story.py",
        '"_posts" in folders and not POST', "False and not POST",
        "tests/commands/test_import_kept_back.py::test_defaults_of_jekyll_and_names_without_a_date_hold_posts",
    ),
    _guard(
        3, "a usual status of Pelican", "importing/kept_back.py",
        "    if isinstance(usual, Mapping | list | tuple):", "    if False:",
        "tests/commands/test_import_kept_back.py::test_settings_of_pelican_hold_articles",
    ),
    _guard(
        3, "statuses of Pelican", "importing/kept_back.py",
        'status not in ("", "published") if', 'status == "draft" if',
        "tests/commands/test_import_kept_back.py::test_settings_of_pelican_hold_articles",
    ),
    _guard(
        3, "comments of templates", "importing/templates.py",
        '    if kind != "pelican":', "    if False:",
        "tests/commands/test_import_kept_back.py::test_a_comment_of_a_template_stays_with_its_writers",
    ),
    _guard(
        3, "footnotes that nothing refers to", "importing/article_writer.py",
        'story.template in ("hugo", "jekyll") and any(', "False and any(",
        "tests/commands/test_import_kept_parts.py::test_what_a_tag_of_a_static_site_may_have_hidden_holds_the_text",
    ),
    _guard(
        4, "names of writers behind their keys", "importing/static_story.py",
        "people.named(head, file.writers, language, kind)", "head",
        "tests/commands/test_import_writers.py::test_a_writer_whom_a_text_calls_by_a_key_has_the_name_that_readers_saw",
    ),
    _guard(
        4, "names of writers in the language of a text", "importing/people.py",
        'people.get(f"{language} {key}") or ', "",
        "tests/commands/test_import_writers.py::test_a_writer_has_the_name_that_readers_of_a_language_saw",
    ),
    _guard(
        4, "files of a bundle that no text names", "importing/bundle.py",
        "not in named:", "in ():",
        "tests/commands/test_import_words.py::test_files_of_a_bundle_that_no_text_names_are_told",
    ),
    _guard(
        3, "what Ghost sent to members", "importing/ghost.py",
        'if any("nonMember:true" not in', 'if False and any("nonMember:true" not in',
        "tests/commands/test_import_kept_back.py::test_a_part_that_ghost_sent_to_members_holds_the_post",
    ),
    _guard(
        3, "statuses of Blogger", "importing/blogger.py",
        'status not in ("", "LIVE", "SCHEDULED")', 'status == "DRAFT"',
        "tests/commands/test_import_kept_back.py::test_a_post_that_blogger_does_not_show_is_a_draft",
    ),
    _guard(
        3, "parts that WordPress hid", "importing/wordpress.py",
        "    if for_some:", "    if False:",
        "tests/commands/test_import_kept_back.py::test_a_part_that_wordpress_hid_or_kept_for_some_holds_the_post",
    ),
    _guard(
        3, "who typed a text", "importing/wordpress.py",
        "names)) or writers(meta, export.authors) or [", "names)) + [",
        "tests/commands/test_import_kept_back.py::test_a_post_is_credited_to_those_who_wrote_it",
    ),
    _guard(
        3, "other names of this machine", "serve/guard.py", "        if name in self.hosts:", "        if True:",
        "tests/commands/test_serve.py::test_a_name_of_another_site_that_leads_here_is_refused",
    ),
    _guard(
        3, "folders of layouts that are links", "layouts/sources.py",
        "        if path.is_dir():\n            return say", "        if False:\n            return say",
        "tests/site/test_refused_layouts.py::test_a_folder_that_is_a_link_is_refused",
    ),
    _guard(
        4, "moments at the ends of the calendar", "commands/options.py",
        "        if moment.year not in YEARS:\n            self", "        if False:\n            self",
        "tests/hostile/test_arguments.py::test_a_moment_at_an_end_of_the_calendar_is_refused",
    ),
    _guard(
        4, "an address of an e-mail is one line", "commands/edition.py",
        "if address is not None and not is_address(address):", "if False:",
        "tests/hostile/test_arguments.py::test_an_address_of_an_e_mail_is_one_line",
    ),
    _guard(
        4, "an address is what a mail program reads", "render/email.py",
        "and ADDRESS.fullmatch(one.addr_spec)", "",
        "tests/hostile/test_arguments.py::test_what_a_mail_program_would_read_otherwise_is_no_address",
    ),
    _guard(
        4, "a number of plain text is that of its whole line", "render/email.py",
        'else "") + isolated_set_numbers(line)', 'else "") + isolated_set_numbers(numbers(line))',
        "tests/site/test_editions.py::test_a_number_in_plain_text_is_the_one_that_was_written_wherever_its_line_begins",
    ),
    _guard(
        4, "a subject that looks encoded", "render/email.py", ' and "=?" not in text:', ":",
        "tests/site/test_editions.py::test_a_subject_is_read_as_it_is_written",
    ),
    _guard(
        4, "the host of a tag", "config/settings.py", "([a-z0-9._-]{{1,64}}@)?{LABELS},", "[a-z0-9.@-]+,",
        f"{CONFIG}::test_a_mistake_is_told_at_its_place",
    ),
    _guard(
        8, "the time zone of the machine", "config/settings.py",
        "        if zone in OF_THE_MACHINE:", "        if False:",
        f"{CONFIG}::test_no_site_is_in_the_time_zone_of_the_machine",
    ),
    _guard(
        15, "codes of languages in any case", "content/key_values.py", "return language_code(code) if code else None",
        "return code", "tests/site/test_languages.py::test_codes_that_differ_in_case_are_one_language",
    ),
    _guard(
        7, "lines of a hits file that is none", "most_read/hits_file.py", "if len(problems) == MOST_TOLD:", "if False:",
        f"{COMMANDS}::test_of_a_hits_file_that_is_none_the_first_lines_are_told",
    ),
    _guard(
        8, "a file measured while it is saved", "files/whole.py", "if file_digest(raw) != digest:", "if False:",
        MEANWHILE,
    ),
    _guard(
        8, "a layout compiled after it was saved", "layouts/sources.py", "if name in self._texts:", "if False:",
        MEANWHILE,
    ),
    _guard(
        8, "a font cut, or a stylesheet sent, after it was saved", "render/renderer.py",
        "if now != view.digest:", "if False:", MEANWHILE,
    ),
    _guard(
        8, "a copied file of the layouts after it was saved", "render/renderer.py", "if file_digest(raw) != known:",
        "if False:", MEANWHILE,
    ),
    _guard(
        14, "captions that no browser reads", "assets/recordings.py",
        "return Recording() if whole and", "return Recording() if True or",
        "tests/site/test_players.py::test_captions_that_no_browser_reads_are_told",
    ),
    _guard(
        4, "sides of a logo without measure", "assets/brand.py", "return number if number <= LARGEST else 0.0",
        "return number", LOOK_FILES,
    ),
    _guard(
        4, "an icon that is no whole picture", "render/renderer.py",
        "            text = say(\"picture-wrong\", picture=view.source, why=error.message)\n"
        "            raise SiteError([Problem(path=\"config.yaml\"",
        "            text = say(\"picture-wrong\", picture=view.source, why=error.message)\n"
        "            raise error from ZeroDivisionError([Problem(path=\"config.yaml\"",
        LOOK_FILES,
    ),
    _guard(
        4, "numbers that are none in JSON", "content/data_files.py",
        "    if not math.isfinite(number):", "    if False:",
        "tests/site/test_own_layouts.py::test_what_is_wrong_with_data_is_told_where_it_stands",
    ),
    _guard(
        4, "the words of several speakers", "markdown_body/extensions.py",
        "if not any(map(_DASHED.search, others)):", "if others:",
        f"{MARKUP}::test_an_answer_is_no_speaker_and_nobody_is_named_for_the_words_of_another",
    ),
    _guard(
        4, "quotations in what is searched", "markdown_body/placeholders.py",
        "bare = _told(bare, style)", "pass",
        "tests/unit/markdown_body/test_plain_text.py::test_what_others_say_is_found_between_quotes",
    ),
    _guard(
        4, "quotations within a line in summaries", "markdown_body/typeset.py",
        "piece.plain = TOLD[self.dialect.quotes][closing]", "pass",
        "tests/unit/markdown_body/test_plain_text.py::test_what_others_say_is_told_between_quotes",
    ),
    _guard(
        4, "words behind a quotation", "markdown_body/block_layout.py",
        "ended = not quote and text[0] not in _SPEAKS and _QUOTE_ENDS.match(self.above)",
        "ended = False",
        "tests/unit/markdown_body/test_structure.py"
        "::test_words_behind_the_end_of_a_quotation_are_not_in_it",
    ),
    _guard(
        4, "items below those of a list within", "markdown_body/block_layout.py",
        " or depth < self.begun",
        "",
        "tests/unit/markdown_body/test_structure.py"
        "::test_an_item_right_below_those_of_a_list_within_is_not_one_of_them",
    ),
    _guard(
        4, "a fence that begins an item", "markdown_body/block_layout.py",
        "        self._fenced(text, column)\n        return made",
        "        return made",
        "tests/unit/markdown_body/test_structure.py"
        "::test_what_stands_below_a_fence_that_begins_an_item_is_read",
    ),
    _guard(
        4, "what is written like the notes of a live story", "markdown_body/placeholders.py",
        'parts[-1], _, notes = parts[-1].partition(f"{HOLE}Z{HOLE}")',
        'body, _, notes = body.partition(f"{HOLE}Z{HOLE}")\n    opening, *parts = _BEGINS.split(body)',
        "tests/unit/markdown_body/test_timed.py::test_what_is_written_like_footnotes_stands_within_its_entry",
    ),
    _guard(
        4, "notes within notes", "markdown_body/parser.py", "return not self.footnotes.within", "return True",
        "tests/unit/markdown_body/test_structure.py::test_a_note_within_a_note_is_text_that_is_told",
    ),
    _guard(
        4, "bars round a row below a head without them", "markdown_body/extensions.py", "self.border = True", "pass",
        f"{MARKUP}::test_what_a_row_has_beyond_the_head_of_its_table_stays_in_its_last_cell",
    ),
    _guard(
        4, "addresses behind several marks", "markdown_body/removed.py",
        r'_BEFORE = r"^[ \t>]*+(?:(?:[-*+:]|\w{1,9}[.)])[ ]++[ \t>]*+)*+"', r'_BEFORE = r"^[ \t>]*+(?:[-*+][ ]++)?"',
        f"{MARKUP}::test_a_line_that_markdown_takes_out_of_the_text_is_told",
    ),
    _guard(
        4, "a film above a note's way back", "markdown_body/extensions.py", '_PLAYER = "player"', '_PLAYER = "p"',
        "tests/unit/markdown_body/test_embeds.py::test_notes_and_colons_are_read_beside_an_address",
    ),
    _guard(
        4, "a colon below no term", "markdown_body/extensions.py",
        'return above is not None and (above.tag == "dl" or (above.tag == "p" and bool(above.text)))', "return True",
        "tests/unit/markdown_body/test_structure.py"
        "::test_a_line_that_begins_with_a_colon_and_has_no_term_above_is_a_line",
    ),
    _guard(
        4, "notes in which nothing is written", "markdown_body/extensions.py", "if not len(note):", "if False:",
        "tests/unit/markdown_body/test_structure.py::test_a_note_in_which_nothing_is_written_leaves_the_body_whole",
    ),
    _guard(
        4, "lines that Markdown takes out", "markdown_body/body.py",
        'if "]:" in text or "] :" in text:', "if False:",
        f"{MARKUP}::test_a_line_that_markdown_takes_out_of_the_text_is_told",
    ),
    _guard(
        4, "cells beyond the head of a table", "markdown_body/extensions.py",
        'if row.count("|") - row.startswith("|") - row.endswith("|") >= len(align):', "if False:",
        f"{MARKUP}::test_what_a_row_has_beyond_the_head_of_its_table_stays_in_its_last_cell",
    ),
    _guard(
        15, "names beside a film in any letters", "model/names.py",
        'posixpath.splitext(normalized("NFC", path))', "posixpath.splitext(path)",
        "tests/site/test_players.py::test_what_is_beside_a_film_is_found_in_any_letters",
    ),
    _guard(
        15, "the length of a document's name", "site/links.py", "MOST_NAME = 250", "MOST_NAME = 2_500",
        f"{ADDRESSES}::test_a_document_of_any_name_has_an_address_that_a_disk_can_hold",
    ),
    _guard(
        5, "files that tell hosts what to do", "model/names.py", "segment.casefold() in HOST_FILES", "segment in ()",
        f"{ADDRESSES}::test_no_old_address_is_a_file_that_tells_a_host_what_to_do",
    ),
    _guard(
        4, "names that stand twice in JSON", "content/data_files.py", "        if name in found:", "        if False:",
        "tests/site/test_own_layouts.py::test_what_is_wrong_with_data_is_told_where_it_stands",
    ),
    _guard(
        8, "the depth of JSON whatever the stack", "content/data_files.py", "    if not levels:", "    if False:",
        "tests/site/test_own_layouts.py::test_what_is_wrong_with_data_is_told_where_it_stands",
    ),
    _guard(
        4, "columns that no comma parts", "content/data_files.py",
        "    if len(names) == 1 and (mark", "    if False and (mark",
        "tests/site/test_own_layouts.py::test_what_is_wrong_with_data_is_told_where_it_stands",
    ),
    _guard(
        8, "the same bytes under another ending", "render/renderer.py",
        "known = file.path, file.digest", "known = '', file.digest",
        "tests/site/test_own_layouts.py::test_the_same_bytes_are_another_thing_under_another_ending",
    ),
    _guard(
        2, "a run does not deny what it wrote", "cli.py",
        "late = any(WRITTEN in getattr(one, \"__notes__\", ()) for one in (error, error.__cause__))", "late = False",
        f"{OUTPUT}::test_a_build_that_is_stopped_after_its_commit_does_not_deny_it",
    ),
    _guard(
        3, "what looks writes nothing", "build/survey.py", "return with_copy(request, look)",
        "from mujaz.build.entry import with_store\n    return with_store(request, look)",
        "tests/laws/test_reading_alone.py::test_what_looks_writes_nothing_and_waits_for_no_build",
    ),
    _guard(
        3, "a cache in a folder of something else", "output/lock.py",
        "if is_foreign(cache):", "if False:",
        "tests/laws/test_reading_alone.py::test_a_cache_in_the_site_or_in_a_folder_of_something_else_is_refused",
    ),
    # 4: a problem is one line, never a traceback
    _guard(
        4, "names in messages of commands", "commands/options.py",
        "click.echo(visible(text_of(say(id, **args))), err=err)",
        "click.echo(text_of(say(id, **args)), err=err)",
        f"{COMMANDS}::test_no_report_sends_a_terminal_what_it_would_obey",
        f"{DEPLOY}::test_no_name_at_the_target_or_here_acts_on_a_terminal",
    ),
    _guard(
        4, "noise that begins a log", "most_read/access_log.py", "if rows is not None and not is_entry:",
        "if rows is not None:",
        "tests/commands/test_most_read.py::test_a_log_that_begins_with_the_noise_of_a_stranger_is_read",
    ),
    _guard(
        3, "fixes of lists in tables and code", "check/fixes.py", "_framed(body.html), CODE.findall(body.html)",
        "_letters(body.text)", "tests/commands/test_fix.py::test_what_may_be_meant_in_another_way_stays",
    ),
    _guard(
        3, "words that look like a link", "content/named_files.py", "for name, edit in found if name in named",
        "for name, edit in found",
        "tests/commands/test_move.py::test_words_that_look_like_a_link_stay_and_what_is_a_link_follows",
    ),
    _guard(
        4, "hits without measure", "most_read/access_log.py", "if not 0 <= count <= MOST_HITS:", "if count < 0:",
        f"{COMMANDS}::test_of_hits_without_measure_a_file_is_made_that_a_build_reads",
    ),
    _guard(
        4, "entries of days that are no dates", "content/live.py", "        except NotADate as trouble:",
        "        except ZeroDivisionError as trouble:",
        "tests/site/test_live.py::test_an_entry_of_a_day_that_no_article_can_have_is_told_at_its_place",
    ),
    _guard(
        4, "halves of letters in data", "content/data_files.py", "        return clean_metadata(value)",
        "        return value",
        "tests/site/test_own_layouts.py::test_what_no_page_can_hold_is_left_out_of_data",
    ),
    _guard(
        4, "whatever the YAML library raises", "yaml_values/loader.py",
        "except Exception as error:  # the library", "except yaml.YAMLError as error:  # the library",
        f"{FIELDS}::test_an_error_of_the_librarys_that_is_not_its_own_is_a_problem_too",
    ),
    _guard(
        4, "what a terminal would obey", "messages/errors.py",
        "if _CONTROLS.search(text) else text", "if False else text",
        f"{FILES}::test_what_a_terminal_would_obey_is_shown_not_sent",
    ),
    _guard(
        4, "long and broken help lines", "yaml_values/form.py",
        '[text for part in parts if (text := " ".join(part.split()))]', "list(parts)",
        "tests/unit/yaml_values/test_form.py::test_a_row_that_is_offered_is_one_line_and_no_longer_than_a_reader_takes",
    ),
    _guard(
        4, "whatever the Markdown library raises", "markdown_body/body.py",
        "except Exception as error:", "except ZeroDivisionError as error:",
        f"{MARKUP}::test_an_exception_of_the_parser_is_a_problem",
    ),
    _guard(
        4, "layouts that nest too deep", "layouts/references.py", "except (RecursionError, ValueError) as error:",
        "except ZeroDivisionError as error:",
        "tests/site/test_refused_layouts.py::test_a_layout_that_is_no_program_is_told",
    ),
    _guard(
        4, "layouts that do not compile", "layouts/environment.py",
        "except Exception as error:  # what Jinja parses", "except ZeroDivisionError as error:  # what Jinja parses",
        "tests/site/test_refused_layouts.py::test_a_layout_that_is_no_program_is_told",
    ),
    # 5: text never becomes code
    _guard(5, "the allow-list", "markdown_body/body.py", "allowed_html.clean(in_lines(unsafe))", "unsafe", INERT),
    _guard(5, "autoescape", "layouts/environment.py", "autoescape=True", "autoescape=False",
        f"{HOSTILE}::test_no_field_of_the_front_matter_becomes_markup",
    ),
    _guard(
        5, "JSON-LD", "layouts/json_ld.py", "        text = text.replace(character, escape)\n", "        pass\n",
        "tests/unit/layouts/test_json_ld.py::test_a_hostile_title_cannot_leave_the_script",
    ),
    _guard(
        5, "ids with a prefix", "markdown_body/references.py", 'else f"u-{written}"', "else written",
        f"{MARKUP}::test_no_id_can_clobber_the_document",
    ),
    _guard(
        5, "frames only from allowed hosts", "markdown_body/references.py",
        "if not host or host[1].lower() not in", "if not host and host not in",
        f"{MARKUP}::test_frames_come_only_from_allowed_hosts",
    ),
    _guard(
        5, "cards only of allowed hosts", "markdown_body/references.py",
        'frame=embed.frame if allowed else "",', "frame=embed.frame,",
        "tests/site/test_players.py::test_without_the_host_in_the_settings_a_card_is_a_link_and_nothing_more",
    ),
    Guard(
        5, "a card asks when it is pressed", "layouts/assets/players.js",
        "  card.replaceWith(button);\n", "  card.replaceWith(button);\n  setTimeout(() => button.click());\n",
        ("tests/browser/test_players.py::test_nothing_is_asked_of_another_host_before_a_card_is_pressed",),
    ),
    _guard(
        5, "no cookies of YouTube", "markdown_body/references.py",
        "source = without_cookies(written)", "source = written",
        "tests/unit/markdown_body/test_embeds.py::test_a_frame_of_youtube_sets_no_cookies",
    ),
    _guard(
        5, "no picture from another site", "markdown_body/references.py",
        "if not source or _WEB.match(source):", "if not source:",
        f"{MARKUP}::test_no_picture_or_video_comes_from_another_site",
    ),
    _guard(
        5, "entries begin where nothing is open", "markdown_body/typeset.py", "and not walk.depth and", "and",
        "tests/unit/markdown_body/test_timed.py::test_a_heading_within_something_else_begins_none",
    ),
    _guard(
        4, "no pair of marks crosses another", "markdown_body/emphasis.py",
        "del openers[place + bool(opener.left) :]", "del openers[place + bool(opener.left) : place + 1]",
        "tests/unit/markdown_body/test_emphasis.py::test_no_word_is_lost_moved_or_written_twice",
    ),
    _guard(
        4, "signs that multiply emphasise nothing", "markdown_body/emphasis.py",
        "if self.times and other.times:", "if False:",
        "tests/unit/markdown_body/test_emphasis.py::test_marks_pair_as_people_read_them",
    ),
    _guard(
        4, "a sign between digits is no mark", "markdown_body/emphasis.py",
        "if self.times and before.isdigit():", "if False:",
        "tests/unit/markdown_body/test_emphasis.py::test_marks_pair_as_people_read_them",
    ),
    _guard(
        4, "an element within details ends for itself", "markdown_body/html_blocks.py",
        "if depth and left_open <= 0:", "if False:",
        "tests/unit/markdown_body/test_structure.py::test_an_element_within_details_ends_where_it_ends",
    ),
    _guard(
        9, "an output that came meanwhile", "output/staging.py",
        "if self._spare is not None and self.output.exists():", "if False:",
        "tests/laws/test_output.py::test_of_two_first_builds_at_once_the_second_says_that_another_runs",
    ),
    _guard(
        12, "a link where a compressed copy must go", "output/staging.py",
        "set(folders_of(wanted)), wanted.union(copies)", "set(folders_of(wanted)), wanted",
        "tests/laws/test_output.py::test_what_stands_where_a_compressed_copy_must_go_stops_the_build",
    ),
    _guard(
        4, "braces without attributes are words", "markdown_body/extensions.py",
        '        md.treeprocessors.register(AttributeLists(md), "attr_list", 8)\n', "",
        "tests/unit/markdown_body/test_structure.py::test_braces_without_attributes_are_words",
        "tests/unit/markdown_body/test_structure.py::test_what_follows_attributes_stays_where_it_is",
    ),
    _guard(
        5, "galleries hold pictures alone", "markdown_body/galleries.py", "if _PICTURES.fullmatch(items):", "if True:",
        "tests/unit/markdown_body/test_galleries.py::test_a_list_of_anything_else_is_none_and_is_told",
    ),
    _guard(
        5, "SVG is no picture", "model/names.py", 'if ending == "svg":', "if False:",
        "tests/unit/content/test_reader.py::test_a_picture_in_the_body_is_judged_like_the_one_above_it",
    ),
    _guard(
        5, "the policy", "hosting/csp.py", '"script-src": "\'self\'",\n', '"script-src": "* \'unsafe-inline\'",\n',
        f"{HOSTILE}::test_the_policy_stops_what_a_broken_sanitiser_would_let_in",
    ),
    # 6: XML is well-formed
    _guard(
        6, "no control characters", "arabic/typography.py", '        text = _REMOVED.sub("", text)\n', "",
        "tests/unit/arabic/test_typography.py::test_a_body_keeps_what_a_reader_sees",
    ),
    # 7: bounds
    _guard(
        7, "the size of a file", "content/scan.py", "if status.st_size > most:", "if False:",
        f"{FILES}::test_a_file_that_is_too_large_is_refused_before_it_is_read",
    ),
    _guard(
        7, "brackets before libyaml", "yaml_values/loader.py", "if brackets > MOST_BRACKETS:", "if False:",
        f"{FIELDS}::test_brackets_are_counted_before_the_library_sees_them",
    ),
    _guard(
        7, "depth of YAML", "yaml_values/loader.py", "if depth > DEEPEST:", "if False:",
        f"{FIELDS}::test_nesting_is_refused_below_twenty_levels",
    ),
    _guard(
        7, "aliases", "yaml_values/loader.py", "if isinstance(event, yaml.AliasEvent):", "if False:",
        f"{FIELDS}::test_what_is_refused_is_explained",
    ),
    _guard(
        7, "directional characters are searched for", "yaml_values/loader.py",
        "            column += bisect_right(self.left[line], column)",
        "            column += sum(left <= column for left in self.left[line])",
        f"{FIELDS}::test_thousands_of_directional_characters_are_placed_in_a_moment",
    ),
    _guard(
        7, "names that all have in an export", "importing/article_writer.py",
        "number = 1 if same else self._numbers.get(asked, 1)", "number = 1",
        "tests/commands/test_import_faults.py::test_what_multiplies_in_an_export_is_bounded",
    ),
    _guard(
        7, "pictures in an export", "importing/bundle.py", "return len(self.files) < MAX_REFERENCES", "return True",
        "tests/commands/test_import_faults.py::test_what_multiplies_in_an_export_is_bounded",
    ),
    _guard(
        7, "captions in galleries of an export", "importing/wordpress_texts.py",
        'in ("gallery", "playlist") and room >= 0', 'in ("gallery", "playlist")',
        "tests/commands/test_import_faults.py::test_what_multiplies_in_an_export_is_bounded",
    ),
    _guard(
        7, "entries of a list", "content/key_values.py", "len(value.values) > most:", "False:",
        "tests/unit/content/test_front_matter.py::test_a_list_has_no_more_entries_than_a_site_can_carry",
    ),
    _guard(
        7, "size of YAML", "yaml_values/loader.py", "if size > LARGEST:", "if False:",
        f"{FIELDS}::test_more_than_64_kilobytes_are_refused",
    ),
    _guard(
        7, "what Markdown is asked", "markdown_body/body.py", "    problem = too_much(text, path, first_line)\n",
        "    problem = None\n", f"{MARKUP}::test_what_would_take_too_long_is_refused_by_name",
    ),
    _guard(
        7, "lines of a body", "markdown_body/limits.py", "if (lines := text.count(\"\\n\")) > MAX_LINES:",
        "if (lines := 0) > MAX_LINES:", f"{MARKUP}::test_what_would_take_too_long_is_refused_by_name",
    ),
    _guard(
        7, "an end that stands nowhere is looked for once", "markdown_body/enclosed.py",
        "            endless.add(end)\n", "            pass\n",
        "tests/hostile/test_plain_forms.py::test_an_end_that_stands_nowhere_is_looked_for_once",
    ),
    _guard(
        7, "HTML that multiplies or nests", "markdown_body/body.py",
        "problem = html_limits.too_much(unsafe, text, path, first_line)", "problem = None",
        "tests/unit/markdown_body/test_html_limits.py::test_an_excess_is_refused_at_its_line",
    ),
    _guard(
        7, "an end tag that is text closes nothing", "markdown_body/html_tags.py",
        "                    at = end\n", "                    pass\n",
        "tests/unit/markdown_body/test_html_limits.py::test_an_excess_is_refused_at_its_line",
    ),
    _guard(
        7, "an end tag out of scope closes nothing", "markdown_body/html_limits.py",
        "        if opened[at].name not in _THROUGH:", "        if False:",
        "tests/unit/markdown_body/test_html_limits.py::test_an_excess_is_refused_at_its_line",
    ),
    _guard(
        7, "letters of tags that are repeated", "markdown_body/html_limits.py",
        "if copied > MAX_COPIED else None", "if False else None",
        "tests/unit/markdown_body/test_html_limits.py::test_an_excess_is_refused_at_its_line",
    ),
    _guard(
        7, "what is repeated around pictures", "markdown_body/html_limits.py",
        'if tag.name in ("img", "image"):', "if False:",
        "tests/unit/markdown_body/test_html_limits.py::test_an_excess_is_refused_at_its_line",
    ),
    _guard(
        7, "attributes of Markdown around pictures", "markdown_body/body.py",
        ' or "{" in text:  # what', ":  # what",
        "tests/unit/markdown_body/test_html_limits.py::test_an_excess_is_refused_at_its_line",
    ),
    _guard(
        7, "what a picture repeats", "assets/pictures.py", "if repeated := too_many(raw):", "if repeated := None:",
        "tests/unit/assets/test_repeats.py::test_a_picture_that_repeats_too_much_is_refused",
    ),
    _guard(
        7, "the last resort", "workers.py", "signal.setitimer(signal.ITIMER_VIRTUAL, seconds)", "pass",
        "tests/laws/test_workers.py::test_an_article_that_never_ends_is_stopped_by_name_and_forgotten",
    ),
    _guard(
        7, "a reader apart", "build/read.py", "apart = True", "apart = False",
        "tests/laws/test_workers.py::test_an_article_that_kills_its_reader_is_named_and_nothing_is_written",
    ),
    _guard(
        7, "the parser's own depth", "markdown_body/parser.py", "sys.setrecursionlimit(_stack_depth() + ROOM)", "pass",
        f"{HOSTILE}::test_what_nests_too_deep_does_not_hang_on_who_reads_it",
    ),
    _guard(
        7, "references to one note", "markdown_body/parser.py",
        "        count = self.found_refs[reference] =",
        "        return super().unique_ref(reference, found)\n        count = self.found_refs[reference] =",
        "tests/unit/markdown_body/test_structure.py::test_a_note_may_be_referred_to_thousands_of_times",
    ),
    _guard(
        7, "places that are nowhere as they are read", "markdown_body/references.py", "if self._room < 0:", "if False:",
        "tests/unit/markdown_body/test_structure.py::test_places_that_are_written_otherwise_than_read_cost_no_square",
    ),
    _guard(
        7, "links to a text of many headings", "site/links.py",
        "if meant.source not in known:", "if True:",
        "tests/site/test_links.py::test_links_to_a_text_of_thousands_of_headings_cost_no_square",
    ),
    _guard(
        7, "dead links compared with all files", "site/offers.py",
        "if not nearest and self._has_room(found):", "if not nearest:",
        "tests/site/test_links.py::test_dead_links_are_not_all_compared_with_all_files",
    ),
    _guard(
        7, "offered, of a name that thousands have", "site/offers.py",
        " or len(found[nearest[0]]) > MOST_ALIKE:", ":",
        "tests/site/test_links.py::test_what_is_not_there_is_not_looked_for_in_all_files_each_time",
    ),
    _guard(
        7, "offered, of all ids", "site/offers.py", "if self._has_room(self._ids) else None", "",
        "tests/site/test_links.py::test_what_is_not_there_is_not_looked_for_in_all_files_each_time",
    ),
    _guard(
        7, "lines of a list that is none", "check/fix_body.py", "max(1, len(items))", "1",
        "tests/unit/check/test_fixes.py::test_lines_that_look_like_a_list_and_are_none_are_looked_at_once",
    ),
    _guard(
        7, "Latin names beside each other", "check/latin_names.py",
        "for word in words for pair in known.get(word, ())", "for some in known.values() for pair in some",
        "tests/unit/check/test_fixes.py::test_thousands_of_latin_names_cost_no_square",
    ),
    _guard(
        7, "elements of a feed that go at once", "feeds/html.py",
        "    if element.get(\"dir\") == \"ltr\" and element.text:\n        element.text = marked(element.text)\n"
        "    element.tag = _GONE",
        "    if element.get(\"dir\") == \"ltr\" and element.text:\n        element.text = marked(element.text)\n"
        "    element.drop_tag()",
        "tests/unit/feeds/test_feeds.py::test_thousands_of_elements_beside_each_other_cost_no_square",
    ),
    _guard(
        7, "lines compared with lines", "content/rewriting.py", "if len(old) * len(new) <= MOST_COMPARED:", "if True:",
        "tests/unit/content/test_rewriting.py::test_a_hundred_thousand_like_lines_are_not_compared_with_each_other",
    ),
    _guard(
        7, "all standing pages at the foot of all", "pages/chrome.py", "in pages[:FOOT_CAP]", "in pages",
        "tests/site/test_standing_pages.py::test_a_site_does_not_grow_by_the_square_of_its_standing_pages",
    ),
    _guard(
        7, "a long series grows by its parts", "pages/articles.py",
        "articles = articles[first : first + PARTS]", "pass",
        "tests/site/test_pages.py::test_of_a_long_series_an_article_lists_the_parts_around_it",
    ),
    # 8: same input, same bytes
    _guard(
        8, "SOURCE_DATE_EPOCH", "commands/options.py", 'os.environ.get("SOURCE_DATE_EPOCH")', "None",
        "tests/laws/test_purity.py::test_source_date_epoch_is_the_clock",
    ),
    _guard(
        8, "who may read an input", "files/stamps.py",
        "hash((status.st_ino, status.st_mode, status.st_uid, status.st_gid))", "_signed(status.st_ino)",
        "tests/hostile/test_systems.py::test_a_file_that_may_no_longer_be_read_stops_a_build_as_it_stops_a_cold_one",
    ),
    _guard(
        8, "the key of a page", "build/keys.py",
        "file_digest(head + self._written(page.view))", "file_digest(head)",
        "tests/laws/test_incremental.py::test_each_edit_leaves_what_a_cold_build_makes",
    ),
    _guard(
        8, "the end of a coverage is a time of its own", "site/schedule.py",
        "one.breaking_until, one.live_until)", "one.breaking_until)",
        "tests/site/test_live.py::test_the_end_of_the_coverage_is_a_time_that_the_build_tells_and_then_it_is_silent",
    ),
    _guard(
        8, "the layout of an entry", "build/keys.py", "if body and body.entries else", "if False else",
        "tests/laws/test_incremental.py::test_another_layout_of_entries_renders_the_live_stories_anew",
    ),
    _guard(
        8, "the site's time zone", "yaml_values/datetimes.py",
        "home = zone(timezone_name)", "home = datetime.now().astimezone().tzinfo",
        "tests/unit/yaml_values/test_datetimes.py::test_a_date_is_a_moment_in_the_time_zone_of_the_site",
    ),
    # 9: two builds at once
    _guard(
        9, "the lock", "output/lock.py", "how | fcntl.LOCK_NB", "fcntl.LOCK_SH | fcntl.LOCK_NB",
        f"{OUTPUT}::test_a_second_build_at_the_same_time_is_refused_and_changes_nothing",
    ),
    _guard(
        9, "the lock of the output", "output/in_place.py", "with lock_folder(output), readable():", "with readable():",
        f"{HELD}::test_two_builds_with_caches_of_their_own_do_not_meet_in_one_output",
    ),
    # 10: drafts and held stories appear nowhere
    _guard(10, "drafts", "site/select.py", "if article.draft and not drafts:", "if False:", UNPUBLISHED),
    _guard(
        10, "held stories", "site/select.py",
        "elif article.published > now and not future:", "elif False:", UNPUBLISHED,
    ),
    _guard(
        10, "pictures of authors and tags without a page", "site/assemble.py",
        "        self.pictures.clear()\n", "", UNPUBLISHED,
    ),
    _guard(
        10, "documents of authors and tags without a page", "site/assemble.py",
        "            if standing.source in self.addresses:\n", "            if True:\n", UNPUBLISHED,
    ),
    _guard(
        10, "documents of what is held", "site/assemble.py", "        self.resolver.used.clear()", "        pass",
        "tests/laws/test_held_apart.py::test_what_is_held_changes_no_byte",
    ),
    _guard(
        10, "translations that are not published", "site/translations.py",
        "published = tuple(one for one in kept if one.id in shown)", "published = tuple(kept)",
        "tests/site/test_translations.py::test_who_is_not_published_is_not_linked",
    ),
    # 11: pictures
    _guard(
        11, "the cap of pixels", "assets/pictures.py", "if width * height > MAX_PIXELS:", "if False:",
        "tests/unit/assets/test_pictures.py::test_a_bomb_is_refused_before_it_is_unpacked",
    ),
    _guard(
        11, "what an eraser made clear", "assets/pictures.py", 'image = image.convert("RGBa").convert("RGBA")', "pass",
        "tests/unit/assets/test_pictures.py::test_what_is_wholly_clear_hides_nothing",
    ),
    # 12: files of others
    _guard(
        12, "files of others are carried over", "output/staging.py",
        "carried = list(foreign)", "carried: list[str] = []",
        f"{OUTPUT}::test_foreign_files_are_kept_and_named",
    ),
    _guard(
        12, "none is written over", "output/staging.py",
        "            if path not in self.ours:\n", "            if False:\n",
        f"{OUTPUT}::test_a_foreign_file_in_the_way_stops_the_build",
    ),
    # 13: the cache
    _guard(
        13, "seals", "cache/store.py", "if _sum(raw, name) != sealed[:8]:", "if False:",
        "tests/laws/test_damaged_cache.py::test_a_value_in_which_one_letter_changed_is_lost",
    ),
    _guard(
        13, "versions", "cache/store.py", "if store._made_by(versions):", "if True:",
        "tests/laws/test_damaged_cache.py::test_a_cache_of_other_versions_is_not_used",
        "tests/laws/test_damaged_cache.py::test_a_spoilt_cache_costs_a_cold_build_and_nothing_else",
    ),
    _guard(
        13, "seals hold the key too", "cache/store.py",
        'hashlib.blake2b(os.fsencode(name) + b"\\0", digest_size=8)', "hashlib.blake2b(digest_size=8)",
        f"{DAMAGED}::test_a_value_that_comes_under_the_key_of_another_is_lost",
    ),
    _guard(
        13, "seals of artifacts hold the key too", "cache/artifacts.py",
        "file_digest(key.encode() + raw)", "file_digest(raw)",
        f"{DAMAGED}::test_a_kept_artifact_that_comes_under_the_key_of_another_is_lost",
    ),
    _guard(
        13, "the seal of the second tree's record", "output/swap.py", "if _sum(raw, output) != seal:", "if False:",
        f"{DAMAGED}::test_changed_bits_in_the_record_of_the_second_tree_cost_a_walk",
    ),
    _guard(
        13, "records of any length", "output/swap.py", "raw = file.read(LONGEST_RECORD + 1)", "raw = file.read()",
        f"{DAMAGED}::test_a_file_of_the_cache_of_three_gigabytes_is_not_read_whole",
    ),
    # 14: encodings
    _guard(
        14, "bytes that are not UTF-8", "yaml_values/encoding.py",
        'body.decode("utf-8")', 'body.decode("utf-8", "replace")',
        ENCODINGS,
    ),
    _guard(14, "UTF-16", "yaml_values/encoding.py", "    if _utf16(raw):", "    if False:", ENCODINGS),
    # 15: names
    _guard(
        15, "the length of a slug", "model/names.py",
        "SLUG_BYTES = 180", "SLUG_BYTES = 18_000", WRONG_LINE,
    ),
    _guard(
        15, "names of devices", "model/names.py", ".strip().lower() in DEVICES", ".strip().lower() in ()",
        WRONG_LINE,
    ),
    _guard(
        15, "files and folders of one name are compared folded", "pages/conflicts.py",
        'files[folder].origin, other=page.origin),\n            help=say("change-one-address"),\n        )\n'
        "        for key, page in pages.items()",
        'files[folder].origin, other=page.origin),\n            help=say("change-one-address"),\n        )\n'
        "        for key, page in ((page.path, page) for page in pages.values())",
        f"{FILES}::test_a_file_of_the_site_is_no_other_file_and_no_folder_on_any_disk",
    ),
    _guard(
        4, "compressed copies are files", "pages/conflicts.py", "    if compressed:", "    if False:",
        f"{FILES}::test_a_file_of_the_site_is_no_other_file_and_no_folder_on_any_disk",
    ),
    _guard(
        4, "addresses of held stories", "pages/conflicts.py", "same_paths([*pages, *_of_held(site, others)],",
        "same_paths(pages,", f"{ADDRESSES}::test_what_would_stop_a_later_build_of_what_is_held_stops_this_one",
    ),
    _guard(
        15, "words of one name", "site/select.py", "addresses.get(one.source) or name_key(one.name)",
        "addresses.get(one.source) or one.name, one.source",
        f"{ADDRESSES}::test_the_words_of_an_author_or_a_tag_stand_in_one_file",
    ),
    _guard(
        15, "names are compared folded", "arabic/slugs.py", '_INVISIBLE.sub("", text)).casefold()', "text)",
        f"{FILES}::test_names_that_differ_only_in_what_cannot_be_seen_are_one_address",
    ),
    _guard(
        15, "directional characters in metadata", "yaml_values/loader.py",
        "in _placed(text, bidi_controls(text)):", "in []:",
        f"{FIELDS}::test_directional_and_control_characters_are_told_one_by_one_with_their_columns",
    ),
    _guard(
        15, "names of sent pictures", "desk/bundles.py", 'if device_trouble(name) else name)', "if False else name)",
        f"{DESK}::test_a_sent_picture_has_a_name_that_every_system_can_hold",
    ),
    # 16: nobody comes in at the desk who is not meant
    _guard(
        16, "the desk's own hosts", "serve/guard.py",
        'if len(headers.getlist("host")) != 1 or not self.door.knows(headers["host"]):', "if False:",
        f"{DESK}::test_what_comes_from_elsewhere_is_refused_and_changes_nothing",
    ),
    _guard(
        16, "forms of the desk's own pages", "serve/guard.py",
        "if request.method not in SAFE and not own_origin(headers):", "if False:",
        f"{DESK}::test_what_comes_from_elsewhere_is_refused_and_changes_nothing",
    ),
    _guard(
        16, "a token for each change", "desk/answers.py",
        '    desk.check(cookies_of(request), form.get("token"))\n', "",
        f"{DESK}::test_what_comes_from_elsewhere_is_refused_and_changes_nothing",
    ),
    _guard(
        16, "no path out of content/", "desk/files.py",
        'if Path(os.path.realpath(path.parent)) != base / posixpath.dirname(name.removeprefix(self.content + "/")):',
        "if False:",
        f"{DESK}::test_no_path_leads_out_of_the_content",
    ),
    _guard(
        16, "few wrong passwords", "serve/guard.py",
        "        if self.door.is_barred(client):", "        if False:",
        f"{DESK}::test_other_machines_need_a_password",
    ),
    _guard(
        16, "a picture that is sent does not hide another's save", "desk/app.py",
        "base = marks.get(base, base)", "base = mark_of(desk.files.read(name))",
        "tests/commands/test_desk.py::test_a_picture_for_the_text_does_not_hide_what_changed_meanwhile",
    ),
    _guard(
        16, "nor what a pull brings while it is written", "desk/app.py",
        "base = marks.get(base, base)", "base = mark_of(desk.files.read(name))",
        "tests/commands/test_desk.py::test_what_comes_while_a_picture_is_written_stays_a_conflict",
    ),
    _guard(
        16, "nor that a draft is older than the page", "desk/desk.js",
        'if (base.value === form.get("base")) base.value', "base.value",
        "tests/browser/test_desk.py::test_a_picture_does_not_hide_that_a_draft_is_older_than_the_page",
    ),
    _guard(
        16, "what is typed while a picture is sent", "desk/desk.js",
        "while ((moved.body ?? moved.src) !== undefined && here() !== asked)", "while (false)",
        "tests/browser/test_desk.py::test_what_is_typed_while_a_picture_is_sent_stays",
    ),
    _guard(
        4, "no word of an import is lost without a line", "importing/lost_words.py",
        "gone = [word for word in words if word not in known]", "gone: list[str] = []",
        "tests/commands/test_import_words.py::test_a_word_that_nobody_knows_to_be_lost_is_told",
    ),
    _guard(
        10, "the years of a long list that leave with a story", "site/addresses.py",
        "    lost |= {urls.file_of(address) for address in of_years}\n", "",
        "tests/site/test_passing_hours.py::test_the_years_of_a_long_list_come_and_leave_with_a_story",
    ),
    _guard(
        10, "an address that leaves with a name like it", "site/addresses.py",
        "for key in some if len(some) > 1", "for key in some if False",
        "tests/site/test_passing_hours.py::test_an_address_that_tells_two_names_apart_leaves_with_one_of_them",
    ),
    _guard(
        10, "stories that expire and the limit of what may go", "build/pipeline.py",
        "planned | site.left", "planned",
        "tests/site/test_passing_hours.py::test_stories_that_expire_pass_the_limit_of_what_a_build_may_take_away",
    ),
    _guard(
        15, "a language that is called like a device", "model/names.py",
        "(?!(?:[Cc][Oo][Nn]|[Pp][Rr][Nn]|[Aa][Uu][Xx]|[Nn][Uu][Ll])$)", "",
        "tests/site/test_languages.py::test_no_language_has_the_name_of_a_device",
    ),
    _guard(
        4, "an old address that is another's short link", "pages/conflicts.py",
        "ids.get(_id_in(page.path), 0) < 2", "not _id_in(page.path)",
        f"{ADDRESSES}::test_an_old_address_that_is_the_short_link_of_another_is_told",
    ),
    _guard(
        10, "feeds that come with a held story", "pages/conflicts.py",
        "sorted(listed | moving([article], ()))", "sorted(one for one in listed if one.endswith('index.html'))",
        "tests/site/test_passing_hours.py::test_what_goes_with_the_lists_of_a_held_story_is_judged_before_its_hour",
    ),
    _guard(
        10, "a section that is called like a language", "pages/conflicts.py",
        "    problems += _sections_like_languages(site, articles)\n", "",
        "tests/site/test_passing_hours.py::test_a_section_is_called_like_no_language_of_a_story",
    ),
    _guard(
        10, "what comes when today is over", "site/addresses.py",
        "    if config.feed.archive and today in of_stories:", "    if False:",
        "tests/site/test_passing_hours.py::test_a_link_to_the_archive_of_today_waits_for_its_end",
    ),
    _guard(
        10, "parts that browsers hide", "importing/kept_parts.py",
        "or bool(_UNSEEN.search(text)) or", "or",
        "tests/commands/test_import_kept_back.py::test_a_text_with_a_part_that_browsers_hide_is_held",
    ),
    _guard(
        10, "second front matters", "content/reader.py",
        "if second and second[1].lower() in KEYS", "if second and False",
        "tests/unit/content/test_reader.py::test_a_second_front_matter_is_not_published_as_text",
    ),
    _guard(
        4, "words apart at ends of lines of Word", "arabic/typography.py", "text.translate(_PARTED)", "text",
        "tests/unit/arabic/test_typography.py::test_a_body_keeps_what_a_reader_sees",
    ),
    _guard(
        4, "words of exports apart at ends of lines of Word", "importing/xml_text.py",
        'PARTING.get(character, "")', '""',
        "tests/commands/test_import_faults.py::test_a_control_character_costs_itself_and_is_told",
    ),
    _guard(
        4, "words of HTML apart at ends of lines of Word", "importing/html.py", ".translate(_INSTEAD)", "",
        "tests/unit/importing/test_to_markdown.py::test_what_parts_words_still_does",
    ),
    _guard(
        4, "versions that git left", "content/reader.py", "parts = _conflict(text, path) or _split", "parts = _split",
        "tests/unit/content/test_reader.py::test_two_versions_that_git_left_are_not_published",
    ),
    _guard(
        4, "no word is lost without a line", "markdown_body/body.py",
        "lost += [problem for problem in lost_words(unsafe, text, source) if problem.line not in lines]", "",
        "tests/unit/markdown_body/test_lost_words.py::test_each_word_is_shown_or_told",
    ),
    _guard(
        4, "comments that never end", "markdown_body/body.py", '.replace("<!--", "&lt;!--")', "",
        "tests/unit/markdown_body/test_lost_words.py::test_a_comment_that_never_ends_holds_no_words_back",
    ),
    _guard(
        4, "players without an end tag", "markdown_body/body.py", "unsafe = with_ended_players(unsafe)", "pass",
        "tests/unit/markdown_body/test_lost_words.py::test_a_player_without_an_end_tag_holds_no_words_back",
    ),
    _guard(
        4, "what is struck out over several blocks", "markdown_body/body.py",
        "in_lines(allowed_html.clean(in_lines(unsafe)))", "in_lines(allowed_html.clean(unsafe))",
        "tests/unit/markdown_body/test_struck.py::test_what_is_struck_out_is_so_on_the_page_in_feeds_and_in_plain_text",
    ),
    _guard(
        4, "what a parser strikes out to the end", "markdown_body/body.py",
        "in_lines(allowed_html.clean(in_lines(unsafe)))", "allowed_html.clean(in_lines(unsafe))",
        "tests/unit/markdown_body/test_struck.py::test_what_is_struck_out_is_so_on_the_page_in_feeds_and_in_plain_text",
    ),
    _guard(
        4, "a text is cut within no number", "arabic/typography.py",
        "(not text[end].isspace() or _HELD.match(text, end))", "not text[end].isspace()",
        "tests/unit/arabic/test_typography.py::test_a_cut_text_ends_with_a_whole_word",
    ),
    _guard(
        4, "an hour of the other half of the day", "markdown_body/timed.py",
        "if half := _of_another_hour(heading, found):", "if half := \"\":",
        "tests/unit/markdown_body/test_timed.py::test_an_hour_of_the_other_half_of_the_day_is_told",
    ),
    _guard(
        4, "from one time to another is no entry", "markdown_body/timed.py",
        r"|\s*[-–—]\s*\d{1,2}:\d\d)", ")",
        "tests/unit/markdown_body/test_timed.py::test_another_heading_stays_one",
    ),
    _guard(
        4, "a title in another direction than its page's", "layouts/environment.py",
        "isolate(text, rtl=ways[way])", "isolate(text, rtl=rtl)",
        "tests/site/test_translations.py::test_a_title_is_read_in_its_own_direction_wherever_it_stands",
    ),
    _guard(
        4, "a sign of percent moves into no element", "arabic/isolates.py",
        "found[0] if _is_parted(found, ends) else _sign_last(found)", "_sign_last(found)",
        "tests/unit/markdown_body/test_plain_text.py::test_no_sign_moves_into_an_element_or_out_of_it",
    ),
    _guard(
        4, "an isolate hides no tag of what is struck out", "markdown_body/running_text.py",
        "if piece.strikes:", 'if piece.step and piece.html.strip("</>").partition(" ")[0] in STRUCK:',
        "tests/unit/markdown_body/test_plain_text.py::test_what_is_struck_out_is_not_said_again",
    ),
    _guard(
        4, "a search result in its order", "search/index.py",
        "isolated_set_numbers(line) if story.rtl else line", "line",
        "tests/site/test_search.py::test_a_result_has_marks_where_a_line_from_right_to_left_would_turn_it_round",
    ),
    _guard(
        4, "a credit elsewhere in the body", "feeds/html.py",
        '"" if figure is None else line(figure.text_content())', "line(root.text_content())",
        "tests/unit/feeds/test_feeds.py::test_a_credit_that_stands_elsewhere_in_the_body_is_not_the_pictures",
    ),
    _guard(
        4, "what a player held is in no feed", "feeds/html.py",
        "if element.tag in _ALIGNED and element.getparent() is not None:", "if element.tag in _ALIGNED:",
        "tests/unit/feeds/test_feeds.py::test_what_a_box_within_a_player_holds_goes_with_it",
    ),
    _guard(
        4, "an import keeps struck out what was so over several blocks", "importing/html.py",
        "in_lines(_READER.clean(in_lines(marked)))", "_READER.clean(marked)",
        "tests/unit/importing/test_to_markdown.py::test_blocks_that_were_struck_out_still_are",
    ),
    _guard(
        4, "a sign of percent stays with its number", "arabic/isolates.py",
        "return last.isnumeric() or (last != \"\" and last in _COUNTED)", "return False",
        "tests/unit/arabic/test_typography.py::test_a_sign_of_percent_stays_with_the_number_before_it",
    ),
    _guard(
        4, "powers are no digits of a number", "markdown_body/placeholders.py",
        'return text.translate(_ABOVE if element == "sup" else _BELOW)', "return text",
        "tests/unit/markdown_body/test_plain_text.py::test_a_number_above_or_below_the_line_joins_no_other",
    ),
    _guard(
        16, "what comes back with the button Back", "desk/desk.js", 'story.autocomplete = "off";', "",
        "tests/browser/test_desk.py::test_a_page_that_comes_back_does_not_overwrite_what_another_saved",
    ),
    _guard(
        16, "a save forgets its own draft alone", "desk/desk.js",
        "![sent, shown].includes", "!saved && ![shown].includes",
        "tests/browser/test_desk.py::test_windows_of_one_article_keep_a_draft_each",
    ),
    _guard(
        16, "what is typed while a save is on its way", "desk/desk.js",
        "![sent, shown].includes", "!saved && ![shown].includes",
        "tests/browser/test_desk.py::test_what_is_typed_while_a_save_is_on_its_way_comes_back",
    ),
    _guard(
        10, "a conflict publishes no story that was taken back", "desk/app.py",
        "_typed(desk, form, now, opened) if", "_typed(desk, form, now) if",
        "tests/commands/test_desk.py::test_what_the_form_left_alone_stays_as_another_made_it",
    ),
    _guard(
        10, "nor does one of long ago", "desk/app.py", '"known": bool(opened)', '"known": True',
        "tests/commands/test_desk.py::test_what_cannot_be_compared_with_what_a_form_began_with_can_only_be_copied",
    ),
    _guard(
        10, "nor does the text of one", "desk/app.py",
        "typed if opened is None else merged(shown.text, typed, document.text)", "typed",
        "tests/commands/test_desk.py::test_lines_of_a_text_that_were_left_alone_stay_as_another_made_them",
    ),
    _guard(
        10, "nor after the desk was started again", "desk/desk.py",
        " or next((raw for raw in old if mark_of(raw) == base), None)", "",
        "tests/commands/test_desk.py::test_what_a_form_left_alone_is_known_where_the_desk_was_started_again",
    ),
    _guard(
        16, "what was typed for a file that is gone", "desk/app.py", "if error.status != 404:", "if True:",
        "tests/commands/test_desk.py::test_what_changed_on_the_disk_is_not_overwritten",
    ),
    _guard(
        16, "a form follows its article into a bundle", "desk/app.py",
        "name = desk.files.where(opened)", "name = opened",
        "tests/commands/test_desk.py::test_a_form_follows_its_article_into_the_bundle_that_another_made",
    ),
    _guard(
        16, "controls of one line", "desk/form.py",
        'return None if text is None or "\\n" in text else text', "return text",
        "tests/commands/test_desk.py::test_what_the_form_cannot_show_stays",
    ),
    _guard(
        4, "keys without a field", "desk/story.py", "if one in fields), \"\")", "if one), \"\")",
        "tests/commands/test_desk.py::test_a_key_that_no_field_has_is_told_in_the_form",
    ),
    _guard(
        16, "undo brings no other story", "desk/files.py", "and old != own:", "and False:",
        f"{VERSIONS}::test_undo_brings_no_words_of_a_story_that_had_the_name_before",
    ),
    _guard(
        16, "no save while a pull replaces files", "desk/git.py", "with files.one_write():", "if files:",
        f"{VERSIONS}::test_what_is_saved_while_a_pull_brings_in_files_is_not_written_over",
    ),
    _guard(
        16, "no commit without a branch", "desk/git.py",
        '        if code:\n            raise Refused(say("desk-git-no-branch"), 409)\n', "",
        "tests/commands/test_desk.py::test_changes_are_committed_by_the_editors_own_git",
    ),
    _guard(
        16, "a standing page has no state", "desk/app.py",
        'if asked not in ACTIONS or desk.kind_of(name) != "article":', "if asked not in ACTIONS:",
        "tests/commands/test_desk_pages.py::test_what_no_page_can_have_is_not_written",
    ),
    _guard(
        16, "few wrong passwords at once", "serve/guard.py",
        "        try:\n"
        "            sent = await _read(request, MOST_LOGIN)\n"
        "        except HTTPException:\n"
        '            return _page(say("desk-too-large"), 413, language)\n'
        "        except TimeoutError:\n"
        '            return _page(say("desk-torn-form"), 408, language)\n'
        "        if self.door.is_barred(client):  #",
        "        barred = self.door.is_barred(client)\n"
        "        sent = await _read(request, MOST_LOGIN)\n"
        "        if barred:  #",
        f"{DESK}::test_of_passwords_that_come_at_once_few_are_looked_at",
    ),
    _guard(
        16, "a slug too long for a file", "desk/desk.py",
        "os.path.isfile(self.output / urls.file_of(address))", "(self.output / urls.file_of(address)).is_file()",
        "tests/commands/test_desk.py::test_a_slug_too_long_for_a_file_is_mended_in_the_form",
    ),
    _guard(
        2, "a server outlives the disk of its log", "serve/loop.py",
        "with contextlib.suppress(OSError):  # the disk", "with contextlib.nullcontext():  # the disk",
        "tests/unit/serve/test_loop.py::test_a_line_that_cannot_be_printed_ends_no_server",
    ),
    _guard(
        3, "a write is not denied for what stays beside it", "files/whole.py",
        "with contextlib.suppress(OSError):  # it is", "with contextlib.suppress(FileNotFoundError):  # it is",
        "tests/unit/files/test_whole.py::test_a_disk_that_takes_nothing_away_denies_no_write",
    ),
    _guard(
        3, "a move takes along what nobody could look at", "content/moving.py",
        "    _refuse_unseen(old,", "    (lambda *_: None)(old,",
        "tests/commands/test_move.py::test_what_could_not_be_looked_at_is_not_moved_without_its_id",
    ),
    _guard(
        3, "an import whose report is refused", "commands/import_.py",
        "with after_writing(writer.written if not writer.dry else ()):", "with contextlib.nullcontext():",
        "tests/commands/test_import_faults.py::test_a_report_that_the_disk_refuses_is_printed_and_denies_nothing",
    ),
    _guard(
        4, "what a refused report would have told", "commands/import_.py",
        "        click.echo(text, nl=False)\n        raise", "        raise",
        "tests/commands/test_import_faults.py::test_a_report_that_the_disk_refuses_is_printed_and_denies_nothing",
    ),
    _guard(
        16, "what another writes now", "files/whole.py", "if not _is_held(path):", "if True:",
        "tests/unit/files/test_whole.py::test_what_somebody_writes_now_stays_until_it_has_its_name",
    ),
    _guard(
        16, "pipes in the place of pictures", "desk/files.py",
        "return _read(path, len(raw)) == raw", "return path.read_bytes() == raw",
        f"{VERSIONS}::test_a_pipe_in_the_place_of_a_picture_is_passed_by",
    ),
    _guard(
        16, "pipes and links among old versions", "desk/files.py",
        'return _read(self._folder(name) / f"{number:08}")',
        'return (self._folder(name) / f"{number:08}").read_bytes()',
        f"{VERSIONS}::test_a_pipe_or_a_link_is_no_old_version",
    ),
    _guard(
        16, "old versions are plain files", "desk/files.py", "(path.name) and _is_plain(path))", "(path.name))",
        f"{VERSIONS}::test_a_pipe_or_a_link_is_no_old_version",
    ),
    _guard(
        16, "names of old versions", "desk/files.py",
        "if VERSION.fullmatch(path.name) and", 'if path.name[0] == "0" and',
        f"{VERSIONS}::test_files_of_others_among_the_old_versions_hinder_no_save",
    ),
    _guard(
        16, "what is undone through a link", "desk/files.py",
        "            write_whole(undone / mark_of(now), now)\n",
        "            (undone / mark_of(now)).write_bytes(now)\n",
        f"{VERSIONS}::test_what_is_undone_is_not_written_through_a_link",
    ),
    _guard(
        16, "old versions are kept in their folder", "desk/files.py",
        "if folder.is_symlink() or (folder.exists() and not folder.is_dir()):", "if False:",
        f"{VERSIONS}::test_a_save_whose_old_version_could_not_be_kept_is_refused",
    ),
    _guard(
        4, "what the disk refuses to the desk", "desk/app.py",
        "            except (Refused, UsageError, OSError)", "            except (Refused, UsageError)",
        f"{VERSIONS}::test_the_desk_tells_what_the_disk_refuses_and_a_form_that_is_cut_off",
    ),
    _guard(
        4, "a form that is cut off", "desk/answers.py", "except ClientDisconnect:", "except ZeroDivisionError:",
        f"{VERSIONS}::test_the_desk_tells_what_the_disk_refuses_and_a_form_that_is_cut_off",
    ),
    _guard(
        16, "conflicts are not committed", "desk/git.py", "if await self._is_under_way():", "if False:",
        f"{VERSIONS}::test_a_conflict_is_not_committed_as_if_it_were_settled",
    ),
    _guard(
        16, "an article moves when its links are written", "desk/files.py",
        "            with beside(path, raw, stat.S_IMODE(old.stat().st_mode)) as made:\n",
        "            os.rename(old, path)\n            with beside(path, raw) as made:\n",
        f"{VERSIONS}::test_on_a_full_disk_an_article_does_not_move_without_its_links",
    ),
    _guard(
        16, "what others wrote is no save to undo", "desk/files.py",
        "            if not _is_ours(self._folder(name), now):\n", "            if False:\n",
        f"{VERSIONS}::test_what_others_wrote_after_the_last_save_is_an_old_version_when_that_is_undone",
    ),
    _guard(
        16, "an article that changes while it moves", "desk/files.py",
        "                self._opened(name, base)  # as in `_write`\n", "",
        f"{VERSIONS}::test_what_is_saved_elsewhere_while_an_article_moves_is_not_written_over",
    ),
    _guard(
        16, "a pull leaves no conflict in an article", "desk/git.py",
        '"-c", "merge.autostash=false", ', "",
        "tests/commands/test_desk.py::test_what_others_pushed_is_pulled_and_what_cannot_be_is_told",
    ),
    _guard(
        16, "a refused save pushes out no version", "desk/files.py",
        'if numbers and _read(folder / f"{numbers[-1]:08}") == raw:', "if False:",
        f"{VERSIONS}::test_saves_that_the_disk_refuses_push_out_no_old_version",
    ),
    _guard(
        16, "a refused save shows what was typed", "desk/app.py",
        "*_told(desk, error), _typed(desk, form, now))", "*_told(desk, error))",
        "tests/commands/test_desk.py::test_what_was_typed_stands_on_the_page_of_a_refusal",
    ),
    _guard(
        16, "every refusal shows what was typed", "desk/answers.py", "    request.state.form = form", "    _ = form",
        "tests/commands/test_desk.py::test_what_was_typed_stands_on_the_page_of_a_refusal",
    ),
    _guard(
        16, "what was typed when the session has ended", "serve/guard.py", ", language, await self._left(request))",
        ", language)", f"{DESK}::test_other_machines_need_a_password",
    ),
    _guard(
        16, "two desks of one site", "desk/files.py", "        _hold(handle, path)\n", "",
        f"{VERSIONS}::test_two_desks_of_one_site_write_one_after_the_other",
    ),
    _guard(
        16, "who has left hears nothing", "serve/server.py", "while state is not None and is_in():",
        "while state is not None:", "tests/unit/serve/test_server.py::test_who_has_left_hears_of_no_build",
    ),
    _guard(
        16, "wrong passwords of one machine", "serve/server.py", "proxy_headers=False", "proxy_headers=True",
        f"{DESK}::test_other_machines_need_a_password",
    ),
    _guard(
        16, "a long form when the session has ended", "serve/guard.py", "max_fields=MOST_FIELDS, ", "",
        f"{DESK}::test_other_machines_need_a_password",
    ),
    _guard(
        16, "what is shown again is bounded", "serve/guard.py", "_read(request, MOST_SHOWN)", "_read(request, 10**9)",
        f"{DESK}::test_other_machines_need_a_password",
    ),
    _guard(
        16, "folders in the place of articles", "desk/files.py", "            os.close(handle)\n    except OSError:",
        "            pass\n    except OSError:",
        f"{VERSIONS}::test_a_folder_in_the_place_of_an_article_holds_no_file_open",
    ),
    _guard(
        16, "old versions follow into a bundle", "desk/files.py",
        "    if not new.exists():\n", "    if True:\n",
        f"{VERSIONS}::test_old_versions_follow_into_a_bundle_that_was_there_before",
    ),
    _guard(
        16, "what a hook leaves running", "desk/git.py", "                stderr=said,", "                stderr=-1,",
        f"{VERSIONS}::test_what_a_hook_leaves_running_is_not_waited_for",
    ),
    _guard(
        4, "pages of others are served in their bytes", "serve/server.py", "read_bytes()\n", "read_text().encode()\n",
        "tests/unit/serve/test_server.py::test_a_page_that_is_not_utf8_is_served_with_the_script",
    ),
    _guard(
        16, "no other repository is asked", "desk/git.py", "        if other:", "        if False:",
        f"{VERSIONS}::test_a_repository_below_the_content_is_refused_and_none_of_its_programs_runs",
    ),
    _guard(
        16, "warnings of git are no changes", "desk/git.py",
        "                stderr=said,", "                stderr=out,",
        f"{VERSIONS}::test_what_git_warns_of_is_no_change",
    ),
    _guard(
        16, "hooks end with git", "desk/git.py", "os.killpg(process.pid, signal.SIGKILL)", "process.kill()",
        f"{VERSIONS}::test_git_that_takes_too_long_leaves_no_lock",
    ),
    _guard(
        4, "a password that is no text", "commands/hosts.py",
        'line, place = os.environb.get(PASSWORD.encode(), b""), f"${PASSWORD}"', 'return os.environ.get(PASSWORD, "")',
        f"{SYSTEMS}::test_a_password_that_is_no_text_is_refused",
    ),
    _guard(
        7, "an import of a pipe", "commands/import_.py", "elif not path.is_file():", "elif False:",
        f"{SYSTEMS}::test_an_import_waits_for_no_pipe",
    ),
    _guard(
        16, "git takes its locks away", "desk/git.py",
        "os.killpg(process.pid, signal.SIGTERM)", "os.killpg(process.pid, signal.SIGKILL)",
        f"{VERSIONS}::test_git_that_takes_too_long_leaves_no_lock",
    ),
    _guard(
        16, "never over what changed meanwhile", "desk/files.py",
        "    return blake2b(raw, digest_size=16).hexdigest()", '    return ""',
        f"{DESK}::test_saves_of_two_at_once_are_told_apart",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Run:
    """How pytest ended: its exit code (negative: killed by a signal; None: it took too long), seconds, what it said."""

    code: int | None
    seconds: float
    said: str

    @property
    def failed(self) -> str:
        """The test that failed, or that none came to an end."""
        failed = [line for line in self.said.splitlines() if line.startswith(("FAILED ", "ERROR "))]
        return failed[0].partition("::")[2].partition(" - ")[0] if failed else f"ended with {self.code}"

    @property
    def end(self) -> str:
        return "\n".join(self.said.splitlines()[-12:])


def run(folder: Path, tests: tuple[str, ...], longest: int | None) -> Run:
    """Run `tests`; nothing that they started outlives them, not even a child that never ends."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-m", "not long", *tests]
    begun = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "MUJAZ_FULL": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        if longest is not None and sys.platform == "linux":  # its workers inherit it
            resource.prlimit(process.pid, resource.RLIMIT_CPU, (longest, longest + 5))
        said, _ = process.communicate(timeout=longest and 2 * longest)
        code: int | None = process.returncode
    except subprocess.TimeoutExpired:
        said, code = "", None
    finally:
        with contextlib.suppress(ProcessLookupError):  # its workers are of its group, and may be all that is left of it
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return Run(code, time.perf_counter() - begun, said)


def copy(folder: Path) -> Path:
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
        else:
            shutil.copy(source, folder / name)
    return folder


def write(path: Path, text: str) -> None:
    """Write a module so that Python sees it: compiled code is told from its source by second and size alone."""
    path.write_text(text, encoding="utf-8")
    for compiled in path.parent.glob(f"__pycache__/{path.stem}.*"):
        compiled.unlink()


@contextlib.contextmanager
def without(folder: Path, guard: Guard) -> Iterator[None]:
    path = folder / guard.file
    text = path.read_text(encoding="utf-8")
    assert text.count(guard.taken) == 1, f"{guard.taken!r} stands {text.count(guard.taken)} times in {guard.file}"
    write(path, text.replace(guard.taken, guard.left))
    try:
        yield
    finally:
        write(path, text)


def missed(guard: Guard, ended: Run) -> bool:
    """Whether the tests noticed that the guard is gone. Exit codes of pytest above 1 mean that no test was run."""
    if ended.code is None or ended.code == -signal.SIGXCPU:
        return guard.name in ENDLESS
    return ended.code == 1 or ended.code < 0


def try_all(guards: list[Guard], folders: list[Path]) -> list[Guard]:
    """Take each guard out, as many at a time as there are copies; those that no test missed."""
    free: queue.SimpleQueue[Path] = queue.SimpleQueue()
    for folder in folders:
        free.put(folder)

    def try_one(guard: Guard) -> bool:
        folder = free.get()
        try:
            with without(folder, guard):
                ended = run(folder, guard.tests, ENDLESS.get(guard.name, LONGEST))
        finally:
            free.put(folder)
        noticed = missed(guard, ended)
        word = "missed" if noticed else "NOT MISSED"
        told = f"  ← {ended.failed}" if noticed else f"\n{ended.code}: {ended.end}"
        print(f"promise {guard.promise:2}  {word:10} {ended.seconds:5.1f} s  {guard.name}{told}", flush=True)
        return noticed

    with ThreadPoolExecutor(len(folders)) as pool:
        return [guard for guard, noticed in zip(guards, pool.map(try_one, guards), strict=True) if not noticed]


def main() -> int:
    parser = argparse.ArgumentParser(description="Take each guard out and see that a test misses it.")
    parser.add_argument("--quick", action="store_true", help="do not run the tests with every guard in its place")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1), help="guards at a time")
    parser.add_argument("words", nargs="*", help="only guards whose name has one of these")
    asked = parser.parse_args()
    chosen = [guard for guard in GUARDS if not asked.words or any(word in guard.name for word in asked.words)]
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as made:
        folders = [copy(Path(made) / str(n)) for n in range(asked.jobs)]
        if not asked.quick:
            whole = run(folders[0], tuple(dict.fromkeys(test for guard in chosen for test in guard.tests)), None)
            print(f"with every guard in its place: {whole.end}", flush=True)
            if whole.code != 0:
                return 1
        kept = try_all(chosen, folders)
    print(
        f"{len(chosen)} guards: {len(chosen) - len(kept)} missed, {len(kept)} not; {time.perf_counter() - begun:.0f} s"
    )
    return 1 if kept else 0


if __name__ == "__main__":
    sys.exit(main())
