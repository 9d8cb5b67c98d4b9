import { Decimal } from "../../../../../src/sql/index.ts";
import { matching, refusal } from "../checks.ts";
import type { FunctionTable } from "../function-cases.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

const text: FunctionTable = {
  cases: {
    ascii: (f) => [
      [f.ascii(f.lit("Spark")), 83],
      [f.ascii(f.lit("")), 0],
    ],
    bitLength: (f) => [[f.bitLength(f.lit("Spärk")), 48]],
    btrim: (f) => [
      [f.btrim(f.lit("  a b ")), "a b"],
      [f.btrim(f.lit("SSparkS"), f.lit("S")), "park"],
    ],
    char: (f) => [[f.char(f.lit(65)), "A"]],
    charLength: (f) => [[f.charLength(f.lit("Spärk ")), 6]],
    characterLength: (f) => [[f.characterLength(f.lit("Spärk")), 5]],
    chr: (f) => [[f.chr(f.lit(256 + 65)), "A"]],
    concat: (f) => [
      [f.concat(f.lit("a"), f.lit("b"), f.lit("c")), "abc"],
      [f.concat(f.lit("a"), f.lit(null)), null],
      [f.concat(f.lit([1]), f.lit([2, 3])), [1, 2, 3]],
    ],
    concatWs: (f) => [[f.concatWs("-", f.lit("a"), f.lit(null), f.lit(["b", "c"])), "a-b-c"]],
    initcap: (f) => [[f.initcap(f.lit("sPark sql")), "Spark Sql"]],
    lcase: (f) => [[f.lcase(f.lit("SparkSql")), "sparksql"]],
    length: (f) => [
      [f.length(f.lit("Spark SQL ")), 10],
      [f.length(f.lit(bytes("ä"))), 2],
    ],
    levenshtein: (f) => [
      [f.levenshtein(f.lit("kitten"), f.lit("sitting")), 3],
      [f.levenshtein(f.lit("kitten"), f.lit("sitting"), 2), -1],
    ],
    lower: (f) => [[f.lower(f.lit("SparkSql")), "sparksql"]],
    lpad: (f) => [
      [f.lpad(f.lit("hi"), 5, "?!"), "?!?hi"],
      [f.lpad(f.lit("hi"), 1, "?"), "h"],
    ],
    ltrim: (f) => [
      [f.ltrim(f.lit("  a ")), "a "],
      [f.ltrim(f.lit("SSparkS"), f.lit("S")), "parkS"],
    ],
    octetLength: (f) => [[f.octetLength(f.lit("Spärk")), 6]],
    repeat: (f) => [[f.repeat(f.lit("12"), 2), "1212"]],
    replace: (f) => [
      [f.replace(f.lit("ABCabc"), f.lit("abc"), f.lit("DEF")), "ABCDEF"],
      [f.replace(f.lit("ABCabc"), f.lit("abc")), "ABC"],
    ],
    reverse: (f) => [
      [f.reverse(f.lit("Spark")), "krapS"],
      [f.reverse(f.lit([2, 1, 4])), [4, 1, 2]],
    ],
    rpad: (f) => [[f.rpad(f.lit("hi"), 5, "?!"), "hi?!?"]],
    rtrim: (f) => [
      [f.rtrim(f.lit(" a  ")), " a"],
      [f.rtrim(f.lit("SSparkS"), f.lit("S")), "SSpark"],
    ],
    sentences: (f) => [
      [
        f.sentences(f.lit("Hi there! Good morning.")),
        [
          ["Hi", "there"],
          ["Good", "morning"],
        ],
      ],
      [f.sentences(f.lit("Guten Tag."), f.lit("de"), f.lit("DE")), [["Guten", "Tag"]]],
    ],
    soundex: (f) => [[f.soundex(f.lit("Miller")), "M460"]],
    translate: (f) => [
      [f.translate(f.lit("AaBbCc"), "abc", "123"), "A1B2C3"],
      [f.translate(f.lit("abc"), "ab", "1"), "1c"],
    ],
    trim: (f) => [
      [f.trim(f.lit("  a ")), "a"],
      [f.trim(f.lit("SSparkS"), f.lit("S")), "park"],
    ],
    ucase: (f) => [[f.ucase(f.lit("SparkSql")), "SPARKSQL"]],
    upper: (f) => [[f.upper(f.lit("SparkSql")), "SPARKSQL"]],
  },
};

const search: FunctionTable = {
  cases: {
    contains: (f) => [
      [f.contains(f.lit("Spark SQL"), f.lit("park")), true],
      [f.contains(f.lit("Spark SQL"), f.lit("SPARK")), false],
    ],
    elt: (f) => [
      [f.elt(f.lit(2), f.lit("scala"), f.lit("java")), "java"],
      [
        (spark) =>
          refusal(
            spark
              .range(1)
              .select(f.elt(f.lit(2), f.lit("scala")))
              .collect(),
          ),
        matching(/INVALID_ARRAY_INDEX/),
      ],
    ],
    endsWith: (f) => [[f.endsWith(f.lit("Spark SQL"), f.lit("SQL")), true]],
    findInSet: (f) => [
      [f.findInSet(f.lit("ab"), f.lit("abc,b,ab,c,def")), 3],
      [f.findInSet(f.lit("x"), f.lit("abc,b")), 0],
    ],
    instr: (f) => [
      [f.instr(f.lit("SparkSQL"), "SQL"), 6],
      [f.instr(f.lit("SparkSQL"), f.lit("x")), 0],
    ],
    left: (f) => [[f.left(f.lit("Spark SQL"), 3), "Spa"]],
    locate: (f) => [
      [f.locate("bar", f.lit("foobarbar")), 4],
      [f.locate("bar", f.lit("foobarbar"), 5), 7],
    ],
    overlay: (f) => [
      [f.overlay(f.lit("Spark SQL"), f.lit("_"), 6), "Spark_SQL"],
      [f.overlay(f.lit("Spark SQL"), f.lit("ANSI "), 7, 0), "Spark ANSI SQL"],
    ],
    position: (f) => [
      [f.position(f.lit("bar"), f.lit("foobarbar")), 4],
      [f.position(f.lit("bar"), f.lit("foobarbar"), 5), 7],
    ],
    right: (f) => [[f.right(f.lit("Spark SQL"), f.lit(3)), "SQL"]],
    splitPart: (f) => [
      [f.splitPart(f.lit("11.12.13"), f.lit("."), 3), "13"],
      [f.splitPart(f.lit("11.12.13"), f.lit("."), -3), "11"],
      [f.splitPart(f.lit("11.12.13"), f.lit("."), 4), ""],
    ],
    startsWith: (f) => [[f.startsWith(f.lit("Spark SQL"), f.lit("Spark")), true]],
    substr: (f) => [
      [f.substr(f.lit("Spark SQL"), 5), "k SQL"],
      [f.substr(f.lit("Spark SQL"), -3, 2), "SQ"],
    ],
    substring: (f) => [[f.substring(f.lit("Spark SQL"), 5, f.lit(3)), "k S"]],
    substringIndex: (f) => [
      [f.substringIndex(f.lit("www.apache.org"), ".", 2), "www.apache"],
      [f.substringIndex(f.lit("www.apache.org"), ".", -1), "org"],
    ],
  },
};

const patterns: FunctionTable = {
  cases: {
    like: (f) => [
      [f.like(f.lit("Spark"), f.lit("_park")), true],
      [f.like(f.lit("Spark"), f.lit("PARK%")), false],
      [f.like(f.lit("100%"), f.lit("100/%"), f.lit("/")), true],
      [f.like(f.lit("1000"), f.lit("100/%"), f.lit("/")), false],
    ],
    ilike: (f) => [
      [f.ilike(f.lit("Spark"), f.lit("_PARK")), true],
      [f.ilike(f.lit("a_B"), f.lit("A/_b"), f.lit("/")), true],
    ],
    regexp: (f) => [[f.regexp(f.lit("path_7"), f.lit("\\d")), true]],
    regexpCount: (f) => [[f.regexpCount(f.lit("Steven and Stephen"), f.lit("Ste(v|ph)en")), 2]],
    regexpExtract: (f) => [
      [f.regexpExtract(f.lit("100-200"), "(\\d+)-(\\d+)", 2), "200"],
      [f.regexpExtract(f.lit("foo"), "(\\d+)", 1), ""],
    ],
    regexpExtractAll: (f) => [
      [f.regexpExtractAll(f.lit("100-200, 300-400"), f.lit("(\\d+)-(\\d+)")), ["100", "300"]],
      [f.regexpExtractAll(f.lit("100-200, 300-400"), f.lit("(\\d+)-(\\d+)"), 2), ["200", "400"]],
    ],
    regexpInstr: (f) => [
      [f.regexpInstr(f.lit("user@spark.apache.org"), f.lit("@[^.]*")), 5],
      [f.regexpInstr(f.lit("user"), f.lit("(@)"), 1), 0],
    ],
    regexpLike: (f) => [[f.regexpLike(f.lit("path"), f.lit("\\d")), false]],
    regexpReplace: (f) => [[f.regexpReplace(f.lit("100-200"), "(\\d+)", "<$1>"), "<100>-<200>"]],
    regexpSubstr: (f) => [
      [f.regexpSubstr(f.lit("Steven and Stephen"), f.lit("Ste(v|ph)en")), "Steven"],
      [f.regexpSubstr(f.lit("Steven"), f.lit("Jack")), null],
    ],
    rlike: (f) => [[f.rlike(f.lit("path_7"), f.lit("^path_\\d$")), true]],
    split: (f) => [
      [f.split(f.lit("oneAtwoBthreeC"), "[ABC]"), ["one", "two", "three", ""]],
      [f.split(f.lit("oneAtwoBthreeC"), "[ABC]", 2), ["one", "twoBthreeC"]],
    ],
  },
};

const notUtf8 = new Uint8Array([0x61, 0x80]);

const conversion: FunctionTable = {
  cases: {
    base64: (f) => [[f.base64(f.lit("Spark SQL")), "U3BhcmsgU1FM"]],
    collate: (f) => [
      [f.collate(f.lit("A"), "UTF8_LCASE").eq("a"), true],
      [f.lit("A").eq("a"), false],
    ],
    collation: (f) => [
      [f.collation(f.lit("a").cast("string collate UNICODE_CI")), "SYSTEM.BUILTIN.UNICODE_CI"],
    ],
    decode: (f) => [[f.decode(f.lit(new Uint8Array([0xe4, 0x62])), "ISO-8859-1"), "äb"]],
    encode: (f) => [[f.encode(f.lit("äb"), "ISO-8859-1"), new Uint8Array([0xe4, 0x62])]],
    formatNumber: (f) => [[f.formatNumber(f.lit(12332.123456), 4), "12,332.1235"]],
    formatString: (f) => [[f.formatString("%d %s", f.lit(5), f.lit("hello")), "5 hello"]],
    isValidUtf8: (f) => [
      [f.isValidUtf8(f.lit("Spark")), true],
      [f.isValidUtf8(f.lit(notUtf8).cast("string")), false],
    ],
    makeValidUtf8: (f) => [[f.makeValidUtf8(f.lit(notUtf8).cast("string")), "a\uFFFD"]],
    mask: (f) => [
      [f.mask(f.lit("AbCD123-@$#")), "XxXXnnn-@$#"],
      [
        f.mask(f.lit("AbCD123-@$#"), {
          upperChar: f.lit("Q"),
          lowerChar: f.lit(null),
          digitChar: f.lit("d"),
          otherChar: f.lit("o"),
        }),
        "QbQQdddoooo",
      ],
    ],
    printf: (f) => [[f.printf(f.lit("%05.1f|%s"), f.lit(2.25), f.lit("x")), "002.3|x"]],
    quote: (f) => [[f.quote(f.lit("Don't")), "'Don\\'t'"]],
    toBinary: (f) => [
      [f.toBinary(f.lit("537061726B")), bytes("Spark")],
      [f.toBinary(f.lit("äb"), f.lit("utf-8")), bytes("äb")],
    ],
    toChar: (f) => [[f.toChar(f.lit(Decimal.parse("78.12")), f.lit("$99.99")), "$78.12"]],
    toNumber: (f) => [[f.toNumber(f.lit("$78.12"), f.lit("$99.99")), Decimal.parse("78.12")]],
    toVarchar: (f) => [[f.toVarchar(f.lit(454), f.lit("999")), "454"]],
    tryToBinary: (f) => [
      [f.tryToBinary(f.lit("U3Bhcms="), f.lit("base64")), bytes("Spark")],
      [f.tryToBinary(f.lit("a!"), f.lit("base64")), null],
      [f.tryToBinary(f.lit("ff")), new Uint8Array([255])],
    ],
    tryToNumber: (f) => [
      [f.tryToNumber(f.lit("454"), f.lit("999")), Decimal.parse("454")],
      [f.tryToNumber(f.lit("x"), f.lit("999")), null],
    ],
    tryValidateUtf8: (f) => [
      [f.tryValidateUtf8(f.lit("Spark")), "Spark"],
      [f.tryValidateUtf8(f.lit(notUtf8).cast("string")), null],
    ],
    unbase64: (f) => [[f.unbase64(f.lit("U3BhcmsgU1FM")), bytes("Spark SQL")]],
    validateUtf8: (f) => [
      [f.validateUtf8(f.lit("Spark")), "Spark"],
      [
        (spark) =>
          refusal(
            spark
              .range(1)
              .select(f.validateUtf8(f.lit(notUtf8).cast("string")))
              .collect(),
          ),
        matching(/INVALID_UTF8_STRING/),
      ],
    ],
  },
};

export const tables: readonly FunctionTable[] = [text, search, patterns, conversion];
