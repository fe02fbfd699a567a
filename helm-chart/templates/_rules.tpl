{{/* What the operator may do where it looks after resources (docs/install.md). No rule has a wildcard. */}}
{{- define "millrace.watchedRules" -}}
# Patch is for the finalizer alone, get for when somebody else was quicker.
- apiGroups: [millrace.dev]
  resources: [featurepipelines, labelwindows]
  verbs: [get, list, watch, patch]
- apiGroups: [millrace.dev]
  resources: [featurepipelines/status, labelwindows/status]
  verbs: [patch]
# What an API server with OwnerReferencesPermissionEnforcement asks for before a child names its owner.
- apiGroups: [millrace.dev]
  resources: [featurepipelines/finalizers, labelwindows/finalizers]
  verbs: [update]
# Children. Server-side apply needs create and patch.
- apiGroups: [""]
  resources: [services, configmaps]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [apps]
  resources: [statefulsets]
  verbs: [get, list, watch, create, patch, delete]
# Their deletion is the garbage collector's.
- apiGroups: [batch]
  resources: [cronjobs, jobs]
  verbs: [get, list, watch, create, patch]
- apiGroups: [networking.k8s.io]
  resources: [networkpolicies]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [flink.apache.org]
  resources: [flinkdeployments]
  verbs: [get, list, watch, create, patch, delete]
# What children make.
- apiGroups: [""]
  resources: [pods]
  verbs: [list, watch]
- apiGroups: [""]
  resources: [persistentvolumeclaims]
  verbs: [list, watch, delete]
- apiGroups: [""]
  resources: [events]
  verbs: [create, patch]
{{- end -}}

{{/* Whether a namespace is going, before deletionPolicy Delete is honoured. */}}
{{- define "millrace.namespaceRules" -}}
- apiGroups: [""]
  resources: [namespaces]
  {{- with .name }}
  resourceNames: [{{ . }}]
  {{- end }}
  verbs: [get]
{{- end -}}

{{- define "millrace.topicRules" -}}
- apiGroups: [kafka.strimzi.io]
  resources: [kafkatopics]
  verbs: [get, list, watch, create, patch, delete]
{{- end -}}

{{/* In a tenant's namespace. Secrets are read by name, never listed or watched. */}}
{{- define "millrace.tenantRules" -}}
- apiGroups: [""]
  resources: [secrets]
  verbs: [get, create, delete]
- apiGroups: [""]
  resources: [serviceaccounts]
  resourceNames: [millrace-flink, millrace-spark]
  verbs: [get]
{{- end -}}

{{/* Strips finalizers when the chart is removed. */}}
{{- define "millrace.releaseRules" -}}
- apiGroups: [millrace.dev]
  resources: [featurepipelines, labelwindows]
  verbs: [get, list, patch]
{{- end -}}
