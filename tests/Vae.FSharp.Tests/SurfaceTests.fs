/// What F# cannot see or say must not be the only way in: a reflection over all that the libraries make public.
module Vae.FSharp.Tests.SurfaceTests

open System
open System.Reflection
open System.Runtime.CompilerServices
open Microsoft.FSharp.Reflection
open Xunit

let private publicTypes =
    [ typeof<Vae.Dsl.Spec>; typeof<Vae.Data.DataSet>; typeof<Vae.Torch.VaeModel>; typeof<Vae.Artifacts.TrainedModel>; typeof<Vae.Testing.VaeSnapshotException> ]
    |> List.collect (fun one -> List.ofArray (one.Assembly.GetExportedTypes()))

let private declared =
    BindingFlags.Public ||| BindingFlags.Instance ||| BindingFlags.Static ||| BindingFlags.DeclaredOnly

let private parametersOf (one: Type) =
    [ for constructor in one.GetConstructors declared do
          yield! constructor.GetParameters()
      for method in one.GetMethods declared do
          yield! method.GetParameters() ]

/// The type and all that it is made of: List<(int * string)[]> holds a tuple.
let rec private parts (one: Type) =
    [ yield one
      if one.IsGenericType then
          for argument in one.GetGenericArguments() do
              yield! parts argument
      match one.GetElementType() with
      | null -> ()
      | item -> yield! parts item ]

let private hasTuple one =
    parts one |> List.exists FSharpType.IsTuple

/// C# 14 writes an extension property as a static accessor without a property of that class.
let private extensionProperties (one: Type) =
    let accessors =
        [ for property in one.GetProperties declared do
              yield! property.GetAccessors() ]

    [ for method in one.GetMethods declared do
          if method.IsStatic && (method.Name.StartsWith "get_" || method.Name.StartsWith "set_") && not (List.contains method accessors) then
              method ]

let private isInitOnly (property: PropertyInfo) =
    match property.SetMethod with
    | null -> false
    | setter -> setter.ReturnParameter.GetRequiredCustomModifiers() |> Array.contains typeof<IsExternalInit>

/// Words that would need double backticks where an optional argument is named.
let private keywords =
    set [ "to"; "end"; "type"; "val"; "rec"; "done"; "begin"; "open"; "with"; "of"; "match"; "function"; "module"; "let"; "use"; "then"; "global"; "base"; "include"; "inline"; "fixed"; "const"; "sig"; "member"; "mod"; "when"; "select" ]

[<AbstractClass; Sealed>]
type Examples =
    static member get_Extension(receiver: string) = receiver.Length
    static member Tuples(pairs: struct (string * int) array) = pairs.Length

[<Fact>]
let ``The checks see what they look for`` () =
    Assert.NotEmpty publicTypes
    Assert.NotEmpty(extensionProperties typeof<Examples>)
    Assert.Contains(parametersOf typeof<Examples>, (fun parameter -> hasTuple parameter.ParameterType))
    Assert.True(publicTypes |> List.exists (fun one -> one.GetProperties declared |> Array.exists isInitOnly))

[<Fact>]
let ``There are no extension properties`` () =
    Assert.Empty(publicTypes |> List.collect extensionProperties)

[<Fact>]
let ``No parameter list is a span or another collection than an array`` () =
    Assert.Empty
        [ for one in publicTypes do
              for parameter in parametersOf one do
                  if parameter.IsDefined(typeof<ParamCollectionAttribute>, false) then
                      $"{one.Name}.{parameter.Member.Name}({parameter.Name})" ]

[<Fact>]
let ``No public member holds a tuple`` () =
    Assert.Empty
        [ for one in publicTypes do
              for parameter in parametersOf one do
                  if hasTuple parameter.ParameterType then
                      $"{one.Name}.{parameter.Member.Name}({parameter.Name})"
              for method in one.GetMethods declared do
                  if hasTuple method.ReturnType then
                      $"{one.Name}.{method.Name}"
              for field in one.GetFields declared do
                  if hasTuple field.FieldType then
                      $"{one.Name}.{field.Name}" ]

[<Fact>]
let ``What is set while an object is made can be set by making one`` () =
    Assert.Empty
        [ for one in publicTypes do
              let settable = one.GetProperties declared |> Array.filter isInitOnly

              if settable.Length > 0 && not one.IsAbstract && one.GetConstructors().Length = 0 then
                  one.FullName ]

[<Fact>]
let ``Every part of a spec has a method that gives a changed copy`` () =
    let methods =
        [ for method in typeof<Vae.Dsl.Spec>.GetMethods declared do
              if method.ReturnType = typeof<Vae.Dsl.Spec> then
                  method.Name ]

    Assert.Empty
        [ for property in typeof<Vae.Dsl.Spec>.GetProperties declared do
              if isInitOnly property && not (List.contains ("With" + property.Name) methods) then
                  property.Name ]

[<Fact>]
let ``No optional parameter is named as a word of the language`` () =
    Assert.Empty
        [ for one in publicTypes do
              for parameter in parametersOf one do
                  if parameter.IsOptional && keywords.Contains(string parameter.Name) then
                      $"{one.Name}.{parameter.Member.Name}({parameter.Name})" ]
