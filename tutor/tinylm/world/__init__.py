"""The small invented internet on which our language model grows up, and the truth about it.

Data: `people`, `animals`, `everyday`, `words`, `outside` and the plots. `facts` says what is true
and how it may be said and asked; `exercises`, `pages`, `talk` and `stories` write documents;
`corpus` mixes them. `dialogues` is what fine-tuning sees, `probes` how an answer is checked.
"""
