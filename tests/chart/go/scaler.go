// What KEDA itself makes of a ScaledObject's formula and fallback: reads {"scaledObject": ..., "cases": [{"stat": 3, "routine": null}]}
// and writes for each case the replicas that the autoscaler would come to, or null where KEDA has no number for it. Null
// in a case is a trigger that has failed more often than the fallback allows.
package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strconv"

	"github.com/go-logr/logr"
	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/metrics/pkg/apis/external_metrics"

	kedav1alpha1 "github.com/kedacore/keda/v2/apis/keda/v1alpha1"
	"github.com/kedacore/keda/v2/pkg/scaling/cache"
	"github.com/kedacore/keda/v2/pkg/scaling/modifiers"
)

type question struct {
	ScaledObject kedav1alpha1.ScaledObject
	Cases        []map[string]*float64
}

func main() {
	answers, err := answer()
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(answers)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func answer() ([]*float64, error) {
	var asked question
	decoder := json.NewDecoder(os.Stdin)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&asked); err != nil {
		return nil, err
	}
	formula, err := kedav1alpha1.ValidateAndCompileScalingModifiers(&asked.ScaledObject)
	if err != nil {
		return nil, err
	}
	target, err := strconv.ParseFloat(asked.ScaledObject.Spec.Advanced.ScalingModifiers.Target, 64)
	if err != nil {
		return nil, err
	}
	answers := []*float64{}
	for _, values := range asked.Cases {
		so := asked.ScaledObject.DeepCopy()
		so.Status.Health = map[string]kedav1alpha1.HealthStatus{}
		var metrics []external_metrics.ExternalMetricValue
		triggers := map[string]string{}
		for name, value := range values {
			metric := external_metrics.ExternalMetricValue{MetricName: "metric-" + name}
			failures := int32(0)
			if value == nil {
				failures = so.Spec.Fallback.FailureThreshold + 1
				metric.Value = *resource.NewQuantity(-1, resource.DecimalSI)
			} else {
				metric.Value = *resource.NewMilliQuantity(int64(*value*1000), resource.DecimalSI)
			}
			so.Status.Health[metric.MetricName] = kedav1alpha1.HealthStatus{NumberOfFailures: &failures}
			triggers[metric.MetricName] = name
			metrics = append(metrics, metric)
		}
		compiled := &cache.ScalersCache{CompiledFormula: formula}
		found := modifiers.HandleScalingModifiers(so, metrics, triggers, false, nil, compiled, logr.Discard())
		if len(found) != 1 {
			answers = append(answers, nil)
			continue
		}
		replicas := math.Ceil(found[0].Value.AsApproximateFloat64() / target)
		answers = append(answers, &replicas)
	}
	return answers, nil
}
