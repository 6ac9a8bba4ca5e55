// One import of Vouch brings the whole library.
@_exported public import VouchArticles
@_exported public import VouchCore
@_exported public import VouchExport
@_exported public import VouchKnowledge
@_exported public import VouchLanguage
@_exported public import VouchOntology
@_exported public import VouchQuery
@_exported public import VouchReading
@_exported public import VouchReport
@_exported public import VouchStore
