# Links drawn of cases, all made up, as one weighted graph, by igraph: each case's own graph, then their union, its weights added up.
#     Rscript graph.R > graph.json
suppressPackageStartupMessages(library(igraph))
drawn <- read.csv("graph.csv", stringsAsFactors = FALSE)
each <- lapply(split(drawn, drawn$case), function(one) simplify(graph_from_data_frame(one[, c("start", "end")])))
edges <- do.call(rbind, lapply(each, function(one) as_data_frame(one, "edges")))
whole <- graph_from_data_frame(edges)
E(whole)$weight <- 1
whole <- simplify(whole, edge.attr.comb = list(weight = "sum"))
links <- as_data_frame(whole, "edges")
links <- links[order(links$from, links$to), ]
cases <- table(unlist(lapply(each, function(one) V(one)$name)))
names <- sort(V(whole)$name)
said <- function(values) paste0("{", paste(sprintf("\"%s\": %d", names(values), as.integer(values)), collapse = ", "), "}")
parts <- c(
  sprintf("\"program\": \"%s, igraph %s\"", R.version.string, packageVersion("igraph")),
  sprintf("\"links\": [%s]", paste(sprintf("[\"%s\", \"%s\", %d]", links$from, links$to, as.integer(links$weight)), collapse = ", ")),
  sprintf("\"cases\": %s", said(cases[names])),
  sprintf("\"degree_in\": %s", said(degree(whole, names, mode = "in"))),
  sprintf("\"degree_out\": %s", said(degree(whole, names, mode = "out"))),
  sprintf("\"strength\": %s", said(strength(whole, names, mode = "all"))))
cat("{", paste(parts, collapse = ",\n "), "}\n", sep = "")
