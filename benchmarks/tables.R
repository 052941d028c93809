# The same job in base R: tables.R cases.csv codebook.tsv crosstabs.tsv out.tsv
# codebook.tsv: column, codes that stand for a reason, with commas. crosstabs.tsv: two columns a line.
arguments <- commandArgs(TRUE)
cases <- read.csv(arguments[1])
codebook <- read.delim(arguments[2], header = FALSE, colClasses = "character", na.strings = NULL)
crosstabs <- read.delim(arguments[3], header = FALSE, colClasses = "character")
out <- file(arguments[4], "w")
say <- function(...) cat(..., sep = "\t", file = out, append = TRUE)
missing <- setNames(lapply(strsplit(codebook[[2]], ","), as.integer), codebook[[1]])
for (name in codebook[[1]]) {
  counted <- table(cases[[name]], useNA = "ifany")
  codes <- names(counted)
  codes[is.na(codes)] <- "."
  cat(paste("freq", name, codes, counted, sep = "\t"), sep = "\n", file = out)
}
for (line in seq_len(nrow(crosstabs))) {
  pair <- unlist(crosstabs[line, ])
  one <- cases[[pair[1]]]
  other <- cases[[pair[2]]]
  known <- !is.na(one) & !is.na(other) & !(one %in% missing[[pair[1]]]) & !(other %in% missing[[pair[2]]])
  counted <- table(one[known], other[known])
  tested <- suppressWarnings(chisq.test(counted, correct = FALSE))
  values <- format(c(sum(counted), tested$statistic, tested$parameter, tested$p.value), digits = 17, trim = TRUE)
  cat(paste(c("xtab", paste(pair, collapse = "*"), values), collapse = "\t"), sep = "\n", file = out)
}
close(out)
