{{/* What Pod Security restricted asks of a pod. */}}
{{- define "millrace.podSecurity" -}}
runAsNonRoot: true
{{- range $key, $value := .Values.podSecurityContext }}
{{- if not (kindIs "invalid" $value) }}
{{ $key }}: {{ int64 $value }}
{{- end }}
{{- end }}
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{/* And of a container; the root file system is read-only on top. */}}
{{- define "millrace.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities:
  drop: [ALL]
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "millrace.containerBase" -}}
image: {{ include "millrace.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
env:
- name: JAVA_TOOL_OPTIONS
  value: -XX:MaxRAMPercentage={{ int64 .Values.jvm.maxRamPercentage }} -XX:+ExitOnOutOfMemoryError -Dlog4j2.configurationFile=log4j2-operator.xml
- name: MILLRACE_LOG_LEVEL
  value: {{ .Values.logLevel }}
resources:
  {{- toYaml .Values.resources | nindent 2 }}
securityContext:
  {{- include "millrace.containerSecurity" . | nindent 2 }}
volumeMounts:
- name: config
  mountPath: /etc/millrace
  readOnly: true
- name: tmp
  mountPath: /tmp
{{- end -}}

{{- define "millrace.podBase" -}}
automountServiceAccountToken: true
enableServiceLinks: false
securityContext:
  {{- include "millrace.podSecurity" . | nindent 2 }}
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
volumes:
- name: config
  configMap:
    name: {{ include "millrace.fullname" . }}
- name: tmp
  emptyDir:
    sizeLimit: 256Mi
{{- end -}}
