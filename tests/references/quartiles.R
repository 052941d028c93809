# Middles and spreads of small sets of numbers, all made up, by R's quantile of types 6 and 7 and by fivenum.
#     Rscript quartiles.R > quartiles.json
sets <- list(c(4), c(1, 8), c(2, 2, 9), c(1, 3, 4, 8), c(0, 0.5, 2, 2, 7.25), c(-3, 1, 1, 2, 40, 41), 1:11, c(0.1, 0.2, 0.3, 0.4, 0.7, 5, 5, 5))
numbers <- function(values) paste0("[", paste(sprintf("%.15g", values), collapse = ", "), "]")
one <- function(x) {
  quarters <- c(0.25, 0.5, 0.75)
  said <- list(values = x, mean = mean(x), sd = if (length(x) > 1) sd(x) else numeric(0), "weighted-average" = quantile(x, quarters, type = 6),
               linear = quantile(x, quarters, type = 7), "tukey-hinges" = fivenum(x)[2:4])
  paste0("  {", paste(sprintf("\"%s\": %s", names(said), sapply(said, numbers)), collapse = ", "), "}")
}
cat("{\"program\": \"", R.version.string, "\", \"sets\": [\n", paste(sapply(sets, one), collapse = ",\n"), "\n]}\n", sep = "")
